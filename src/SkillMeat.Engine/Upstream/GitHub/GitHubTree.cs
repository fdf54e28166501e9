using System.Globalization;
using System.Text.Json;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.GitHub;

/// <summary>A tree of git, as listed by GitHub's REST API.</summary>
/// <param name="Id">The id that GitHub gives it: that of the tree, or that of the commit if it was asked for by one or by a ref.</param>
/// <param name="Entries">The entries; a folder comes before its own entries.</param>
/// <param name="IsComplete">Whether GitHub listed all entries.</param>
internal sealed record GitHubTree(string Id, IReadOnlyList<GitHubTreeEntry> Entries, bool IsComplete)
{
    /// <summary>Reads an answer.</summary>
    /// <exception cref="Exception">The answer is not a tree. <see cref="Http.HttpAttempt"/> knows the types of exception and retries.</exception>
    public static GitHubTree Read(JsonElement answer) =>
        new(Text(answer, "sha"), [.. answer.GetProperty("tree").EnumerateArray().Select(ReadEntry)], !answer.GetProperty("truncated").GetBoolean());

    /// <summary>Lists files and folders, without submodules.</summary>
    public IEnumerable<TreeItem> ToItems() => Entries
        .Where(entry => entry.Object.Kind != GitObjectKind.Commit)
        .Select(entry => new TreeItem(entry.Path, entry.Object.Kind == GitObjectKind.Tree, entry.Object.Oid.ToString()) { IsLink = entry.Object.Mode == GitFileMode.Link });

    private static GitHubTreeEntry ReadEntry(JsonElement entry)
    {
        var path = Text(entry, "path");
        var name = path[(path.LastIndexOf('/') + 1)..];
        // Git never creates such names; joining one to a folder would lead out of it.
        if (name is "" or "." or "..") throw new FormatException($"'{path}' is no path");
        return new GitHubTreeEntry(path, new GitTreeEntry(name, ModeOf(Text(entry, "mode")), GitOid.Parse(Text(entry, "sha"))));
    }

    private static string Text(JsonElement entry, string name) => entry.GetProperty(name).GetString() ?? "";

    private static GitFileMode ModeOf(string octal) => (GitFileMode)octal.Aggregate(0, (mode, digit) => (mode << 3) | int.Parse(digit.ToString(), NumberStyles.None, CultureInfo.InvariantCulture));
}
