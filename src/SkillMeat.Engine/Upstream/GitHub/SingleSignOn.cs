using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// Parses GitHub's header <c>X-GitHub-SSO</c>: <c>required; url=…</c> contains the address at which the user authorizes a token for an organization.
/// </summary>
internal static class SingleSignOn
{
    private const string Header = "X-GitHub-SSO";

    /// <summary>Returns the address if it is safe to show: encrypted, and on github.com, the host that answered, or the site of that API.</summary>
    public static Uri? AddressIn(UpstreamResponse response)
    {
        foreach (var part in (response.Header(Header) ?? "").Split(';', StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("url=", StringComparison.OrdinalIgnoreCase)
                && Uri.TryCreate(part[4..], UriKind.Absolute, out var address)
                && address.Scheme == Uri.UriSchemeHttps
                && address.UserInfo.Length == 0
                && IsOfSite(response.FinalUri.Host, address.Host))
            {
                return address;
            }
        }

        return null;
    }

    /// <summary>Whether an address may belong to an owner. An answer can concern several organizations, but contains only one address.</summary>
    public static bool IsFor(Uri address, string owner) =>
        address.Segments is not ["/", "orgs/", var organization, ..] || Uri.UnescapeDataString(organization.TrimEnd('/')).Equals(owner, StringComparison.OrdinalIgnoreCase);

    private static bool IsOfSite(string answeredBy, string host) =>
        host.Equals("github.com", StringComparison.OrdinalIgnoreCase)
        || host.Equals(answeredBy, StringComparison.OrdinalIgnoreCase)
        || answeredBy.Equals($"api.{host}", StringComparison.OrdinalIgnoreCase);
}
