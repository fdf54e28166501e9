using SkillMeat.Upstream;

namespace SkillMeat.Browsing;

/// <summary>The files of a repository or folder.</summary>
/// <param name="Source">The source, with the folder to which the user limits the search.</param>
/// <param name="Follows">The ref.</param>
/// <param name="Commit">The commit, or empty for a folder.</param>
/// <param name="Items">The files and folders.</param>
internal sealed record Listing(SourceSpec Source, RefSpec Follows, string Commit, IReadOnlyList<TreeItem> Items)
{
    /// <summary>The full paths outside of a folder on this machine to which links in it lead, by the paths of the links.</summary>
    public IReadOnlyDictionary<string, string> Targets { get; init; } = new Dictionary<string, string>();

    /// <summary>The name of the repository or folder.</summary>
    public string RootName => (Source with { Path = "" }).Name;

    /// <summary>Returns the full path of what is reached through a link that leads out of a folder on this machine, or null for anything else.</summary>
    /// <param name="path">The path in the list.</param>
    public string? FindTarget(string path)
    {
        if (Targets.Count == 0) return null;
        for (var link = path; link.Length > 0; link = link[..Math.Max(0, link.LastIndexOf('/'))])
        {
            if (Targets.TryGetValue(link, out var target)) return path == link ? target : Path.Combine(target, path[(link.Length + 1)..].Replace('/', Path.DirectorySeparatorChar));
        }

        return null;
    }
}
