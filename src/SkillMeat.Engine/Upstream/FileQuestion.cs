namespace SkillMeat.Upstream;

/// <summary>A text file that is wanted: the first of some paths that is there.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Commit">The commit to read at.</param>
/// <param name="Paths">The paths, the preferred one first.</param>
internal sealed record FileQuestion(RepositoryAddress Repository, string Commit, IReadOnlyList<string> Paths);
