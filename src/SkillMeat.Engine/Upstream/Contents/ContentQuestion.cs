namespace SkillMeat.Upstream.Contents;

/// <summary>What is wanted of one repository at one commit.</summary>
/// <param name="Repository">The repository, or a folder of this machine.</param>
/// <param name="Commit">40 hex digits. A folder has no commits, so for one it says nothing.</param>
/// <param name="Paths">Files and folders in it, with <c>/</c>; empty for its root.</param>
internal sealed record ContentQuestion(RepositoryAddress Repository, string Commit, IReadOnlyList<string> Paths);
