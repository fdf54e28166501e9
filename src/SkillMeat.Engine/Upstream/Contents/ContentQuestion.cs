namespace SkillMeat.Upstream.Contents;

/// <summary>A request for content of one repository at one commit.</summary>
/// <param name="Repository">The repository or local folder.</param>
/// <param name="Commit">The commit, as 40 hex digits; ignored for a folder.</param>
/// <param name="Paths">The paths of files and folders, separated by <c>/</c>; empty for the root.</param>
internal sealed record ContentQuestion(RepositoryAddress Repository, string Commit, IReadOnlyList<string> Paths);
