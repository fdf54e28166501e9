namespace SkillMeat.Upstream;

/// <summary>A repository whose whole tree is wanted.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Commit">The commit to list.</param>
internal sealed record TreeQuestion(RepositoryAddress Repository, string Commit);
