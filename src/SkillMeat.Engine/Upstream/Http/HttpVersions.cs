using System.Collections.Concurrent;
using System.Net;

namespace SkillMeat.Upstream.Http;

/// <summary>Which version of HTTP each host is asked in: HTTP/2 where it is offered, but HTTP/1.1 once a host's HTTP/2 has failed.</summary>
/// <remarks>Safe for use from many threads.</remarks>
internal sealed class HttpVersions
{
    private readonly ConcurrentDictionary<string, bool> _old = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a failure is HTTP/2's own: a stream or connection that was reset, or frames that nobody understands.</summary>
    public static bool IsBroken(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is HttpProtocolException) return true;
            if (failure is HttpRequestException { HttpRequestError: HttpRequestError.HttpProtocolError }) return true;
            if (failure is HttpIOException { HttpRequestError: HttpRequestError.HttpProtocolError }) return true;
        }
        return false;
    }

    /// <summary>Sets the version of a request.</summary>
    public void Apply(HttpRequestMessage message, Uri uri)
    {
        bool isOld = uri.Scheme != Uri.UriSchemeHttps || _old.ContainsKey(uri.Authority);
        message.Version = isOld ? HttpVersion.Version11 : HttpVersion.Version20;
        message.VersionPolicy = isOld ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower;
    }

    /// <summary>From now on this host is asked in HTTP/1.1.</summary>
    public void StepDown(Uri host) => _old[host.Authority] = true;
}
