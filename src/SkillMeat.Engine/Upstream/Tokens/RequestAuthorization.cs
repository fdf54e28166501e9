using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Tokens;

/// <summary>Decides which requests carry the token: those to its own GitHub's hosts, over a connection that nobody can read.</summary>
internal sealed class RequestAuthorization
{
    private readonly GitHubHosts _hosts;
    private readonly string? _bearer;
    private readonly string? _basic;

    public RequestAuthorization(GitHubToken? token, GitHubHosts hosts)
    {
        _hosts = hosts;
        if (token is null) return;
        _bearer = $"Bearer {token.Reveal()}";
        _basic = $"Basic {TokenScrubber.BasicCredentials(token.Reveal())}";
    }

    /// <summary>The <c>Authorization</c> header; null when the request goes without.</summary>
    public string? HeaderFor(Uri uri, HostRole role) => Origin.IsPrivate(uri) && _hosts.Owns(uri) ? ForRole(role) : null;

    /// <summary>Whether the token belongs to the address's host.</summary>
    public bool HasTokenFor(Uri uri) => _bearer is not null && Origin.IsPrivate(uri) && _hosts.Owns(uri);

    private string? ForRole(HostRole role) => role switch
    {
        HostRole.Api or HostRole.GraphQL => _bearer,
        HostRole.Git or HostRole.GitObjects => _basic,
        _ => null,
    };
}
