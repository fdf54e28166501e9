using System.Collections.Concurrent;
using System.Net;

namespace SkillMeat.Upstream.Http;

/// <summary>Chooses the HTTP version for each host: HTTP/2 if the host offers it, but HTTP/1.1 once its HTTP/2 has failed.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class HttpVersions
{
    private readonly ConcurrentDictionary<string, bool> _old = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a failure is caused by HTTP/2: a reset stream or connection, or malformed frames.</summary>
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

    /// <summary>Switches a host to HTTP/1.1.</summary>
    public void StepDown(Uri host) => _old[host.Authority] = true;
}
