using SkillMeat.Upstream;

namespace SkillMeat.Browsing;

/// <summary>The files of a repository or folder.</summary>
/// <param name="Source">The source, with the folder to which the user limits the search.</param>
/// <param name="Follows">The ref.</param>
/// <param name="Commit">The commit, or empty for a folder.</param>
/// <param name="Items">The files and folders.</param>
internal sealed record Listing(SourceSpec Source, RefSpec Follows, string Commit, IReadOnlyList<TreeItem> Items)
{
    /// <summary>The name of the repository or folder.</summary>
    public string RootName => (Source with { Path = "" }).Name;
}
