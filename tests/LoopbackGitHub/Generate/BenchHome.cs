using System.Security.Cryptography;
using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Writes a SkillMeat home whose collection holds the artifacts as they were at the pinned commits, in the layout of Python SkillMeat.</summary>
internal sealed class BenchHome(BenchOptions options)
{
    private const string Time = "2026-01-06T09:00:00.000001";

    public void Write(IReadOnlyList<BenchArtifact> artifacts)
    {
        var home = Path.Combine(options.Output, "home");
        var collection = Path.Combine(home, "collections", "default");
        Directory.CreateDirectory(collection);
        foreach (var artifact in artifacts)
        {
            WriteFiles(Path.Combine(collection, "skills", artifact.Skill.Name), artifact.Skill);
        }

        File.WriteAllText(Path.Combine(home, "config.toml"), "[settings]\ndefault-collection = \"default\"\n");
        File.WriteAllText(Path.Combine(collection, "collection.toml"), Manifest(artifacts));
        File.WriteAllText(Path.Combine(collection, "collection.lock"), Lock(artifacts));
    }

    private static void WriteFiles(string folder, BenchSkill skill)
    {
        foreach (var (path, content, executable) in skill.Files(revision: 0))
        {
            var file = Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
            if (executable && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            }
        }
    }

    private string Upstream(BenchArtifact artifact) => $"{options.ServerUrl}/{artifact.Repository}/tree/{artifact.OldCommit}/{artifact.Path}";

    private string Manifest(IReadOnlyList<BenchArtifact> artifacts)
    {
        var text = new StringBuilder($"[collection]\nname = \"default\"\nversion = \"1.0.0\"\ncreated = \"{Time}\"\nupdated = \"{Time}\"\n");
        foreach (var artifact in artifacts)
        {
            var skill = artifact.Skill;
            text.Append($"\n[[artifacts]]\nname = \"{skill.Name}\"\ntype = \"skill\"\npath = \"{skill.Path}\"\norigin = \"github\"\nadded = \"{Time}\"\n");
            text.Append($"upstream = \"{Upstream(artifact)}\"\nversion_spec = \"{artifact.VersionSpec}\"\nresolved_sha = \"{artifact.OldCommit}\"\n");
            text.Append(artifact.OldTag is null ? "" : $"resolved_version = \"{artifact.OldTag}\"\n");
            text.Append($"last_updated = \"{Time}\"\ntags = [\n    \"{skill.Topic}\",\n    \"generated\",\n]\n");
            text.Append($"\n[artifacts.metadata]\ndescription = \"{skill.Description(0)}\"\nauthor = \"Octo Org\"\nlicense = \"MIT\"\nversion = \"1.0.0\"\n");
            text.Append("tools = [\n    \"Read\",\n    \"Write\",\n    \"Bash\",\n]\n");
        }

        return text.ToString();
    }

    private string Lock(IReadOnlyList<BenchArtifact> artifacts)
    {
        var text = new StringBuilder("[lock]\nversion = \"1.0.0\"\n");
        foreach (var artifact in artifacts)
        {
            text.Append($"\n[lock.entries.\"{artifact.Skill.Name}::skill\"]\ncontent_hash = \"{ContentHash(artifact.Skill)}\"\nfetched = \"{Time}\"\n");
            text.Append($"upstream = \"{Upstream(artifact)}\"\nresolved_sha = \"{artifact.OldCommit}\"\n");
            text.Append(artifact.OldTag is null ? "" : $"resolved_version = \"{artifact.OldTag}\"\n");
        }

        return text.ToString();
    }

    // Python SkillMeat's hash of a folder: every path and content one after the other, ordered by the components of the paths.
    private static string ContentHash(BenchSkill skill)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, content, _) in skill.Files(revision: 0).OrderBy(file => file.Path.Replace('/', '\0'), StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path));
            hash.AppendData(content);
        }

        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }
}
