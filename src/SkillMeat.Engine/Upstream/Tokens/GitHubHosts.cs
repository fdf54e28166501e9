using SkillMeat.Errors;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Tokens;

/// <summary>The addresses of a GitHub server: github.com, GitHub Enterprise, or a local server.</summary>
/// <param name="Server">The address of the repositories.</param>
/// <param name="Api">The address of the REST API.</param>
/// <param name="GraphQL">The address of the GraphQL API.</param>
internal sealed record GitHubHosts(Uri Server, Uri Api, Uri GraphQL)
{
    private const string ServerVariable = "GITHUB_SERVER_URL";
    private const string ApiVariable = "GITHUB_API_URL";
    private const string GraphQLVariable = "GITHUB_GRAPHQL_URL";

    /// <summary>The addresses of github.com.</summary>
    public static GitHubHosts DotCom { get; } =
        new(new Uri("https://github.com/"), new Uri("https://api.github.com/"), new Uri("https://api.github.com/graphql"));

    /// <summary>Returns the configured GitHub server, from the variables that GitHub Actions sets.</summary>
    /// <param name="environment">Reads an environment variable; null if it is not set.</param>
    /// <exception cref="SkillMeatException">With <see cref="ErrorIds.InvalidArgument"/> if a variable does not hold a valid address.</exception>
    public static GitHubHosts FromEnvironment(Func<string, string?> environment)
    {
        var server = Read(environment, ServerVariable);
        var api = Read(environment, ApiVariable);
        var graphQL = Read(environment, GraphQLVariable);
        // If only an API address is set, the server is on the same host. Otherwise the token for that host would be sent to github.com.
        var derived = DerivedFrom(server ?? ServerOf(api ?? graphQL));
        return new GitHubHosts(server ?? derived.Server, api ?? derived.Api, graphQL ?? (api is null ? derived.GraphQL : GraphQLBeside(api)));
    }

    /// <summary>
    /// Returns the GitHub server of a repository: the configured one, github.com or one with data residency; null for another host.
    /// </summary>
    public static GitHubHosts? For(Uri repository, GitHubHosts configured) =>
        Origin.AreSame(repository, configured.Server) ? configured
        : IsDotCom(repository) ? DotCom
        : HasDataResidency(repository) ? DerivedFrom(new Uri(repository.GetLeftPart(UriPartial.Authority)))
        : null;

    /// <summary>Whether an address belongs to GitHub Enterprise Cloud with data residency, which uses subdomains of ghe.com.</summary>
    public static bool HasDataResidency(Uri uri) => uri.IdnHost.EndsWith(".ghe.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an address has the same scheme, host and port as one of this server's addresses.</summary>
    public bool Owns(Uri uri) => Origin.AreSame(uri, Server) || Origin.AreSame(uri, Api) || Origin.AreSame(uri, GraphQL);

    private static bool IsDotCom(Uri uri) =>
        uri.IdnHost.Equals("github.com", StringComparison.OrdinalIgnoreCase) || uri.IdnHost.Equals("www.github.com", StringComparison.OrdinalIgnoreCase);

    private static GitHubHosts DerivedFrom(Uri? server)
    {
        if (server is null || IsDotCom(server)) return DotCom;
        // Like github.com, GitHub Enterprise Cloud with data residency has its APIs on a separate host.
        if (HasDataResidency(server))
            return new GitHubHosts(server, new Uri($"{server.Scheme}://api.{server.Authority}/"), new Uri($"{server.Scheme}://api.{server.Authority}/graphql"));
        string root = server.AbsoluteUri.TrimEnd('/');
        return new GitHubHosts(server, new Uri($"{root}/api/v3"), new Uri($"{root}/api/graphql"));
    }

    private static Uri? ServerOf(Uri? other)
    {
        if (other is null || Origin.AreSame(other, DotCom.Api)) return null;
        string authority = other.Authority;
        bool ownHost = authority.StartsWith("api.", StringComparison.OrdinalIgnoreCase) && authority.EndsWith(".ghe.com", StringComparison.OrdinalIgnoreCase);
        return new Uri($"{other.Scheme}://{(ownHost ? authority[4..] : authority)}/");
    }

    private static Uri GraphQLBeside(Uri api)
    {
        const string Rest = "/v3";
        string root = api.AbsoluteUri.TrimEnd('/');
        return new Uri($"{(root.EndsWith("/api" + Rest, StringComparison.Ordinal) ? root[..^Rest.Length] : root)}/graphql");
    }

    private static Uri? Read(Func<string, string?> environment, string variable)
    {
        string? text = environment(variable);
        if (string.IsNullOrWhiteSpace(text)) return null;
        bool usable = Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0;
        // The value is not shown, because it may contain a password.
        return usable ? uri : throw new SkillMeatException(
            ErrorIds.InvalidArgument, $"{variable} must be an address such as https://github.example.com, without user name, query or fragment.");
    }
}
