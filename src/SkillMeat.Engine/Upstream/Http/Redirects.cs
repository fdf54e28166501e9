using System.Net;
using SkillMeat.Errors;

namespace SkillMeat.Upstream.Http;

/// <summary>Decides which redirects are followed. .NET's own redirects do not show whether the token may be passed on.</summary>
internal static class Redirects
{
    /// <summary>More redirects than a well-behaved server needs.</summary>
    public const int Max = 5;

    /// <summary>Whether a status is a redirect.</summary>
    public static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    /// <summary>Returns the target of a redirect.</summary>
    /// <exception cref="UpstreamException">
    /// With <see cref="ErrorIds.UpstreamUnavailable"/> if the redirect has no target, or one that is not followed.
    /// </exception>
    public static Uri Next(UpstreamHttpRequest request, Uri current, HttpResponseMessage answer)
    {
        if (answer.Headers.Location is not { } location || !Uri.TryCreate(current, location, out var next))
            throw Refused(request, current, "redirects without an address");
        if (next.Scheme != Uri.UriSchemeHttps && (next.Scheme != Uri.UriSchemeHttp || current.Scheme == Uri.UriSchemeHttps))
            throw Refused(request, current, $"redirects from {current.Scheme} to {next.Scheme}, which is not safe");
        if (!KeepsMethod(answer.StatusCode) && request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
            throw Refused(request, current, $"redirects a {request.Method} with {(int)answer.StatusCode} to {Origin.Show(next)}");
        return next.UserInfo.Length == 0 ? next : new UriBuilder(next) { UserName = "", Password = "" }.Uri;
    }

    /// <summary>Returns the error for too many redirects.</summary>
    public static UpstreamException TooMany(UpstreamHttpRequest request, Uri current) => Refused(request, current, $"redirects more than {Max} times");

    private static bool KeepsMethod(HttpStatusCode status) => (int)status is 307 or 308;

    private static UpstreamException Refused(UpstreamHttpRequest request, Uri current, string does) =>
        new(ErrorIds.UpstreamUnavailable, $"{request.What}: {current.Authority} {does}.");
}
