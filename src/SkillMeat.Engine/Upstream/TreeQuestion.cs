namespace SkillMeat.Upstream;

/// <summary>A request for the complete tree of a repository.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Commit">The commit to list; for <see cref="IUpstreamProvider.ListEarlyAsync"/>, a ref.</param>
internal sealed record TreeQuestion(RepositoryAddress Repository, string Commit)
{
    /// <summary>Asks for the newest files of a ref.</summary>
    public static TreeQuestion Of(RepositoryAddress repository, RefSpec follows) => new(repository, follows.Name ?? "HEAD");
}
