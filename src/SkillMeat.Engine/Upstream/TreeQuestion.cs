namespace SkillMeat.Upstream;

/// <summary>A request for the complete tree of a repository.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Commit">The commit to list.</param>
internal sealed record TreeQuestion(RepositoryAddress Repository, string Commit);
