using SkillMeat.Errors;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Tokens;

/// <summary>The addresses of one GitHub: github.com, an Enterprise one, or one on this machine.</summary>
/// <param name="Server">Where repositories live.</param>
/// <param name="Api">The REST interface.</param>
/// <param name="GraphQL">The GraphQL interface.</param>
internal sealed record GitHubHosts(Uri Server, Uri Api, Uri GraphQL)
{
    private const string ServerVariable = "GITHUB_SERVER_URL";
    private const string ApiVariable = "GITHUB_API_URL";
    private const string GraphQLVariable = "GITHUB_GRAPHQL_URL";

    /// <summary>The GitHub that <c>https://github.com/…</c> always means.</summary>
    public static GitHubHosts DotCom { get; } =
        new(new Uri("https://github.com/"), new Uri("https://api.github.com/"), new Uri("https://api.github.com/graphql"));

    /// <summary>The configured GitHub, told by the variables that GitHub Actions sets.</summary>
    /// <param name="environment">Reads a variable; null where it is not set.</param>
    /// <exception cref="SkillMeatException">With <see cref="ErrorIds.InvalidArgument"/>: a variable holds no usable address.</exception>
    public static GitHubHosts FromEnvironment(Func<string, string?> environment)
    {
        var server = Read(environment, ServerVariable);
        var api = Read(environment, ApiVariable);
        var graphQL = Read(environment, GraphQLVariable);
        // Only an interface named: its server is on the same host. Else that GitHub's token would go to github.com.
        var derived = DerivedFrom(server ?? ServerOf(api ?? graphQL));
        return new GitHubHosts(server ?? derived.Server, api ?? derived.Api, graphQL ?? (api is null ? derived.GraphQL : GraphQLBeside(api)));
    }

    /// <summary>The GitHub that a repository's address belongs to: the configured one, github.com, one with data residency, or null for another host.</summary>
    public static GitHubHosts? For(Uri repository, GitHubHosts configured) =>
        Origin.AreSame(repository, configured.Server) ? configured
        : IsDotCom(repository) ? DotCom
        : HasDataResidency(repository) ? DerivedFrom(new Uri(repository.GetLeftPart(UriPartial.Authority)))
        : null;

    /// <summary>Whether the address is on a GitHub Enterprise Cloud with data residency, which its name tells: a subdomain of ghe.com.</summary>
    public static bool HasDataResidency(Uri uri) => uri.IdnHost.EndsWith(".ghe.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the address is on one of this GitHub's hosts, port and scheme included.</summary>
    public bool Owns(Uri uri) => Origin.AreSame(uri, Server) || Origin.AreSame(uri, Api) || Origin.AreSame(uri, GraphQL);

    private static bool IsDotCom(Uri uri) =>
        uri.IdnHost.Equals("github.com", StringComparison.OrdinalIgnoreCase) || uri.IdnHost.Equals("www.github.com", StringComparison.OrdinalIgnoreCase);

    private static GitHubHosts DerivedFrom(Uri? server)
    {
        if (server is null || IsDotCom(server)) return DotCom;
        // GitHub Enterprise Cloud with data residency has its interfaces on a host of their own, as github.com has.
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
        // The value is not shown: someone may have put a password into it.
        return usable ? uri : throw new SkillMeatException(
            ErrorIds.InvalidArgument, $"{variable} must be an address such as https://github.example.com, without user name, query or fragment.");
    }
}
