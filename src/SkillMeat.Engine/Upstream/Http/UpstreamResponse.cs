using System.Net;

namespace SkillMeat.Upstream.Http;

/// <summary>The head of an answer: status, headers, and where it came from in the end.</summary>
internal sealed class UpstreamResponse
{
    private readonly HttpResponseMessage _message;

    public UpstreamResponse(HttpResponseMessage message, Uri finalUri, bool tokenSent, bool isAnonymous)
    {
        IsAnonymous = isAnonymous;
        _message = message;
        FinalUri = finalUri;
        TokenSent = tokenSent;
    }

    /// <summary>The status: 2xx, 304, or one that the request called normal.</summary>
    public HttpStatusCode Status => _message.StatusCode;

    /// <summary>The address that answered, after redirects.</summary>
    public Uri FinalUri { get; }

    /// <summary>Whether the request that got this answer carried the token.</summary>
    public bool TokenSent { get; }

    /// <summary>Whether the request that got this answer carried no credentials at all.</summary>
    public bool IsAnonymous { get; }

    /// <summary>Whether the answer came over HTTP/2.</summary>
    public bool IsHttp2 => _message.Version.Major == 2;

    /// <summary>Whether what the caller has (<c>If-None-Match</c>) is still right; there is no body then.</summary>
    public bool IsNotModified => Status == HttpStatusCode.NotModified;

    /// <summary>The entity tag as sent, quotes and weakness mark included; null when there is none.</summary>
    public string? ETag => Header("ETag");

    /// <summary>The media type without its parameters, in lower case; null when there is none.</summary>
    public string? MediaType => Header("Content-Type")?.Split(';', 2)[0].Trim().ToLowerInvariant();

    /// <summary>The server's clock; null when it does not say.</summary>
    public DateTimeOffset? Date => _message.Headers.Date;

    /// <summary>A header's value, several joined by a comma; null when it is not there.</summary>
    public string? Header(string name) =>
        _message.Headers.NonValidated.TryGetValues(name, out var values) || _message.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.ToString()
            : null;
}
