using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Upstream;

/// <summary>What short and relative source specs refer to.</summary>
/// <param name="GitHubServer">The GitHub that <c>owner/repo</c> means: github.com, or the one the environment names.</param>
/// <param name="BaseFolder">What relative folders are relative to: a collection's folder for those in its manifest, the current folder for typed ones.</param>
/// <param name="UserFolder">What <c>~</c> means; null where there is no home folder.</param>
/// <remarks>Not safe from several threads: it remembers the repositories that it made, as thousands of artifacts come from a few.</remarks>
internal sealed record SourceContext(Uri GitHubServer, string BaseFolder, string? UserFolder)
{
    private readonly Dictionary<(string Scheme, string Authority, string Owner, string Name), RepositoryAddress> _repositories = [];

    /// <summary>How addresses on the configured GitHub begin.</summary>
    public string GitHubPrefix { get; } = GitHubServer.GetLeftPart(UriPartial.Authority) + "/";

    /// <summary>A repository on the GitHub that an address is on.</summary>
    public RepositoryAddress OnGitHub(Uri address, string owner, string name)
    {
        var key = (address.Scheme, address.Authority, owner, name);
        if (!_repositories.TryGetValue(key, out var repository))
        {
            _repositories[key] = repository = RepositoryAddress.OnGitHub(new Uri(address.GetLeftPart(UriPartial.Authority)), owner, name);
        }

        return repository;
    }

    public bool IsGitHub(Uri url) =>
        url.Host.Equals("github.com", StringComparison.OrdinalIgnoreCase)
        || url.Host.Equals("www.github.com", StringComparison.OrdinalIgnoreCase)
        || GitHubHosts.HasDataResidency(url)
        || (url.Host.Equals(GitHubServer.Host, StringComparison.OrdinalIgnoreCase) && url.Port == GitHubServer.Port);
}
