using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Tokens;

/// <summary>Decides which requests carry the token: those to its GitHub server, over an encrypted or local connection.</summary>
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

    /// <summary>Returns the <c>Authorization</c> header, or null if the request is sent without one.</summary>
    public string? HeaderFor(Uri uri, HostRole role) => Origin.IsPrivate(uri) && _hosts.Owns(uri) ? ForRole(role) : null;

    /// <summary>Whether the token belongs to the host of an address.</summary>
    public bool HasTokenFor(Uri uri) => _bearer is not null && Origin.IsPrivate(uri) && _hosts.Owns(uri);

    private string? ForRole(HostRole role) => role switch
    {
        HostRole.Api or HostRole.GraphQL => _bearer,
        HostRole.Git or HostRole.GitObjects => _basic,
        _ => null,
    };
}
