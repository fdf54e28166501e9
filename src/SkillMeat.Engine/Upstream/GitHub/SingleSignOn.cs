using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.GitHub;

/// <summary>GitHub's header <c>X-GitHub-SSO</c>: <c>required; url=…</c> names where the user authorizes a token for an organization.</summary>
internal static class SingleSignOn
{
    private const string Header = "X-GitHub-SSO";

    /// <summary>The address, if it is one that may be shown: encrypted, and of github.com, the host that answered, or the site that its API belongs to.</summary>
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

    /// <summary>Whether an address may be that of an owner: one answer can be about several organizations, and names one.</summary>
    public static bool IsFor(Uri address, string owner) =>
        address.Segments is not ["/", "orgs/", var organization, ..] || Uri.UnescapeDataString(organization.TrimEnd('/')).Equals(owner, StringComparison.OrdinalIgnoreCase);

    private static bool IsOfSite(string answeredBy, string host) =>
        host.Equals("github.com", StringComparison.OrdinalIgnoreCase)
        || host.Equals(answeredBy, StringComparison.OrdinalIgnoreCase)
        || answeredBy.Equals($"api.{host}", StringComparison.OrdinalIgnoreCase);
}
