namespace SkillMeat.Upstream;

/// <summary>What short and relative source specs refer to.</summary>
/// <param name="GitHubServer">The GitHub that <c>owner/repo</c> means: github.com, or the one the environment names.</param>
/// <param name="BaseFolder">What relative folders are relative to: a collection's folder for those in its manifest, the current folder for typed ones.</param>
/// <param name="UserFolder">What <c>~</c> means; null where there is no home folder.</param>
internal sealed record SourceContext(Uri GitHubServer, string BaseFolder, string? UserFolder)
{
    public bool IsGitHub(Uri url) =>
        url.Host.Equals("github.com", StringComparison.OrdinalIgnoreCase)
        || url.Host.Equals("www.github.com", StringComparison.OrdinalIgnoreCase)
        || (url.Host.Equals(GitHubServer.Host, StringComparison.OrdinalIgnoreCase) && url.Port == GitHubServer.Port);
}
