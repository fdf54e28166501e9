using System.Text.Json;

namespace SkillMeat.Bench.Data;

/// <summary>Generated repositories, a home that is pinned at old commits of them, and the expected results of a check.</summary>
internal sealed class DataSet
{
    /// <summary>The placeholder in the addresses of the homes until the address of the server is known.</summary>
    public const string ServerPlaceholder = "http://127.0.0.1:1";

    private readonly string _folder;
    private readonly List<Expectation> _expected;

    private DataSet(string folder, List<Expectation> expected)
    {
        _folder = folder;
        _expected = expected;
    }

    public string Repositories => Path.Combine(_folder, "repositories");

    public int ArtifactCount => _expected.Count;

    public int RepositoryCount => _expected.DistinctBy(e => e.Repository).Count();

    /// <summary>The ids of the artifacts that changed upstream after the pin.</summary>
    public IReadOnlySet<string> Changed => _expected.Where(e => e.Changed).Select(e => e.ArtifactId).ToHashSet();

    /// <summary>The sources of the artifacts, as <c>skm add</c> takes them.</summary>
    public IReadOnlyList<string> Specs => [.. _expected.Select(e => $"{e.Repository}/{e.Path}")];

    public static DataSet Read(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        return new DataSet(folder, document.RootElement.EnumerateArray().Select(Expectation.Read).ToList());
    }

    /// <summary>Makes a home that uses the server.</summary>
    public string MakeHome(string folder, string serverUrl) => CopyHome(folder, text => text.Replace(ServerPlaceholder, serverUrl, StringComparison.Ordinal));

    /// <summary>Makes a home that is pinned at the newest commits, so that nothing has changed.</summary>
    public string MakeCurrentHome(string folder, string serverUrl)
    {
        var commits = _expected.DistinctBy(e => e.OldCommit).ToDictionary(e => e.OldCommit, e => e.NewCommit);
        return CopyHome(folder, text => commits.Aggregate(
            text.Replace(ServerPlaceholder, serverUrl, StringComparison.Ordinal),
            (rest, commit) => rest.Replace(commit.Key, commit.Value, StringComparison.Ordinal)));
    }

    /// <summary>Makes a home in which only some of the artifacts that changed upstream are pinned at the old commits, spread over all repositories.</summary>
    /// <param name="folder">The folder of the home.</param>
    /// <param name="serverUrl">The address of the server.</param>
    /// <param name="count">The number of these artifacts.</param>
    public string MakePartlyOutdatedHome(string folder, string serverUrl, int count)
    {
        var old = _expected.Where(e => e.Changed).GroupBy(e => e.Repository).SelectMany(group => group.Select((e, place) => (e, place))).OrderBy(one => one.place).Take(count).Select(one => one.e.ArtifactId).ToHashSet();
        var current = _expected.Where(e => !old.Contains(e.ArtifactId)).ToDictionary(e => e.ArtifactId["skill:".Length..]);
        return CopyHome(folder, text => string.Join("\n\n[", text.Replace(ServerPlaceholder, serverUrl, StringComparison.Ordinal).Split("\n\n[").Select(part =>
            NameIn(part) is { } name && current.TryGetValue(name, out var one) ? part.Replace(one.OldCommit, one.NewCommit, StringComparison.Ordinal) : part)));
    }

    // The name of the artifact of a table in a manifest or a lock file.
    private static string? NameIn(string table) =>
        table.Split('"') is [var head, var name, ..] && (head.StartsWith("[artifacts]]", StringComparison.Ordinal) || head.StartsWith("lock.entries.", StringComparison.Ordinal)) ? name.Split("::")[0] : null;

    /// <summary>Makes a home in which every artifact's description differs from upstream's.</summary>
    public string MakeOutdatedHome(string folder, string serverUrl) => CopyHome(folder, text => text
        .Replace(ServerPlaceholder, serverUrl, StringComparison.Ordinal)
        .Replace("description = \"", "description = \"Once: ", StringComparison.Ordinal));

    private string CopyHome(string folder, Func<string, string> edit)
    {
        var from = Path.Combine(_folder, "home");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (Path.GetFileName(file) is "collection.toml" or "collection.lock")
            {
                File.WriteAllText(target, edit(File.ReadAllText(file)));
            }
            else
            {
                File.Copy(file, target);
            }
        }

        return folder;
    }

    private sealed record Expectation(string ArtifactId, string Repository, string Path, string OldCommit, string NewCommit, bool Changed)
    {
        public static Expectation Read(JsonElement e) => new(
            Text(e, "artifact_id"), Text(e, "repository"), Text(e, "path"), Text(e, "old_commit"), Text(e, "new_commit"), e.GetProperty("changed").GetBoolean());

        private static string Text(JsonElement e, string name) => e.GetProperty(name).GetString()!;
    }
}
