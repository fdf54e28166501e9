namespace SkillMeat.Upstream.Tokens;

/// <summary>Explains how to get access to private repositories, for each kind of host.</summary>
internal static class CredentialAdvice
{
    /// <summary>Advice on how to provide a token for the configured GitHub server.</summary>
    public const string HowToSetToken = "set GITHUB_TOKEN, or log in with 'gh auth login'.";

    /// <summary>Returns advice that continues "If it is private, ".</summary>
    /// <param name="uri">An address on the host.</param>
    /// <param name="configured">The configured GitHub server, to which the token belongs.</param>
    public static string For(Uri uri, GitHubHosts configured)
    {
        if (configured.Owns(uri)) return $"a token is needed: {HowToSetToken}";
        string host = uri.IdnHost;
        if (IsOn(host, "github.com") || IsOn(host, "ghe.com"))
            return $"log in with 'gh auth login --hostname {(IsOn(host, "github.com") ? "github.com" : host)}' and 'gh auth setup-git'.";
        if (host.Contains("gitlab", StringComparison.OrdinalIgnoreCase)) return Stored("a personal access token as the password of user 'oauth2'");
        if (IsOn(host, "bitbucket.org")) return Stored("an API token as the password of user 'x-bitbucket-api-token-auth'");
        if (IsOn(host, "dev.azure.com") || IsOn(host, "visualstudio.com")) return Stored("a personal access token as the password of any user");
        return Stored("a user name and a password or token");
    }

    private static string Stored(string what) => $"give {what} to git's credential helper ('git credential approve').";

    private static bool IsOn(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase);
}
