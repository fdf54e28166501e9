namespace SkillMeat.Upstream;

/// <summary>A text file that is wanted: the first of some paths that is there.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Commit">The commit to read at.</param>
/// <param name="Paths">The paths, the preferred one first.</param>
/// <param name="WithText">Whether the text is wanted, or only whether it is there.</param>
internal sealed record FileQuestion(RepositoryAddress Repository, string Commit, IReadOnlyList<string> Paths, bool WithText = true);
