namespace SkillMeat.Upstream;

/// <summary>A request for a text file: the first of several paths that exists.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Commit">The commit to read at.</param>
/// <param name="Paths">The paths, the preferred one first.</param>
/// <param name="WithText">Whether to return the text, or only the path and id.</param>
internal sealed record FileQuestion(RepositoryAddress Repository, string Commit, IReadOnlyList<string> Paths, bool WithText = true)
{
    /// <summary>Whether the whole text is wanted, and not only the front matter.</summary>
    public bool IsWhole { get; init; }
}
