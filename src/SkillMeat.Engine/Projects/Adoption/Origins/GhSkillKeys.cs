using System.Text;
using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Toml;
using SkillMeat.Upstream.FrontMatters;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Projects.Adoption.Origins;

/// <summary>Reads the keys that <c>gh skill</c> adds to the front matter of a skill.</summary>
internal sealed class GhSkillKeys(ObjectStore objects, SourceText sources)
{
    /// <summary>The value of <see cref="KnownOrigin.FoundIn"/>.</summary>
    public const string Id = "gh_skill";

    private const string Heads = "refs/heads/";
    private const string Tags = "refs/tags/";

    private static readonly string[] _keys = ["github-repo", "github-path", "github-ref", "github-tree-sha", "github-pinned"];

    /// <summary>Finds the origin of a skill, or returns null if its front matter has no such keys.</summary>
    /// <param name="content">The stored content.</param>
    /// <param name="manifestFile">The name of the file with the front matter.</param>
    /// <exception cref="Errors.SkillMeatException">The file cannot be read.</exception>
    public KnownOrigin? Find(TreeEntry content, string manifestFile)
    {
        var text = new ArtifactContent(objects, content).ReadMarkdown(manifestFile);
        if (!text.Contains("github-repo", StringComparison.Ordinal)) return null;
        var keys = FrontMatterReader.ReadAll(manifestFile, text).GetValueOrDefault("metadata")?.Value;
        if (keys is not { Kind: TomlValueKind.Table } || TextOf(keys, "github-repo") is not { } repository) return null;
        var reference = TextOf(keys, "github-ref");
        var tag = reference?.StartsWith(Tags, StringComparison.Ordinal) == true ? reference[Tags.Length..] : null;
        var follows = tag ?? (reference?.StartsWith(Heads, StringComparison.Ordinal) == true ? reference[Heads.Length..] : reference);
        var path = (TextOf(keys, "github-path") ?? "").Replace('\\', '/');
        if (TreePath.LastPart(path).Equals("SKILL.md", StringComparison.OrdinalIgnoreCase)) path = TreePath.Parent(path);
        var source = sources.OfRepository(repository, path, follows);
        var fetched = FindFetched(content, manifestFile, text, TextOf(keys, "github-tree-sha"));
        var told = $"gh skill installed it from {VisibleText.Line(source?.Repository.ToString() ?? SourceText.WithoutSecrets(repository))}.";
        var state = source is null ? " Such a source cannot be followed." : fetched is not null ? "" : " It is not known whether it was modified since.";
        return new KnownOrigin(Id, told + state)
        {
            Told = told,
            ObjectId = TextOf(keys, "github-tree-sha")?.ToLowerInvariant(),
            Source = source,
            Ref = source is null ? null : follows,
            Tag = source is null ? null : tag,
            Version = tag ?? TextOf(keys, "github-pinned"),
            Fetched = source is null ? null : fetched,
            IsUnmodified = fetched is not null || source is null,
        };
    }

    // The tree id is that of the folder before the keys were added. Null if no such folder has it: what nobody verified must not become the base of a merge.
    private TreeEntry? FindFetched(TreeEntry content, string manifestFile, string text, string? tree)
    {
        if (!GitOid.TryParse(tree, out var wanted)) return null;
        using var git = new StoredGitId(objects);
        foreach (var without in new[] { Without(text, keepsMetadata: false), Without(text, keepsMetadata: true) }.OfType<string>().Select(Encoding.UTF8.GetBytes))
        {
            if (git.Of(content, manifestFile, without) == wanted) return Store(content, manifestFile, without);
        }

        return null;
    }

    private TreeEntry Store(TreeEntry content, string manifestFile, byte[] bytes)
    {
        using var writer = objects.BeginWrite();
        var entries = objects.ReadTree(content.Id).Select(entry => entry.Name == manifestFile ? entry with { Id = writer.AddBlob(bytes), Size = bytes.Length } : entry).ToList();
        var stored = content with { Id = writer.AddTree(entries), Size = entries.Sum(entry => entry.Size) };
        writer.Commit();
        return stored;
    }

    // Other keys below 'metadata' are those of upstream, and so is a line like a key anywhere else.
    private static string? Without(string text, bool keepsMetadata)
    {
        var lines = text.Split('\n').ToList();
        var end = lines.FindIndex(1, line => line.TrimEnd('\r') == "---");
        var metadata = end < 0 ? -1 : lines.FindIndex(0, end, line => line.TrimEnd() == "metadata:");
        if (metadata < 0) return null;
        var after = lines.FindIndex(metadata + 1, end - metadata - 1, line => line.TrimEnd('\r').Length > 0 && !char.IsWhiteSpace(line[0]));
        var below = lines[(metadata + 1)..(after < 0 ? end : after)].FindAll(line => !IsKey(line));
        return string.Join('\n', [.. lines[..(below.Count == 0 && !keepsMetadata ? metadata : metadata + 1)], .. below, .. lines[(after < 0 ? end : after)..]]);
    }

    private static bool IsKey(string line) => line.Length > 0 && char.IsWhiteSpace(line[0]) && _keys.Any(key => line.TrimStart().StartsWith(key + ":", StringComparison.Ordinal));

    private static string? TextOf(TomlValue keys, string key) =>
        keys.Members.Where(member => member.Key == key && member.Value.Kind == TomlValueKind.String).Select(member => member.Value.AsString().Trim()).FirstOrDefault(text => text.Length > 0 && !ControlCharacters.AreIn(text));
}
