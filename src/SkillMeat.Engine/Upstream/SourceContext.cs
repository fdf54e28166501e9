using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Upstream;

/// <summary>The context in which short and relative source specs are resolved.</summary>
/// <param name="GitHubServer">The GitHub server that <c>owner/repo</c> refers to: github.com, or the one set in the environment.</param>
/// <param name="BaseFolder">
/// The folder that relative paths start from: the collection's folder for a manifest, the current folder for user input.
/// </param>
/// <param name="UserFolder">The folder that <c>~</c> stands for; null if there is no home folder.</param>
/// <remarks>Not thread-safe: it caches repository addresses, because thousands of artifacts come from a few repositories.</remarks>
internal sealed record SourceContext(Uri GitHubServer, string BaseFolder, string? UserFolder)
{
    private readonly Dictionary<(string Scheme, string Authority, string Owner, string Name), RepositoryAddress> _repositories = [];

    /// <summary>The prefix of addresses on the configured GitHub server.</summary>
    public string GitHubPrefix { get; } = GitHubServer.GetLeftPart(UriPartial.Authority) + "/";

    /// <summary>Returns a repository on the GitHub server of an address.</summary>
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
