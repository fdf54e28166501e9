using System.Net;

namespace SkillMeat.Upstream.Http;

/// <summary>The head of an answer: status, headers, and the final address.</summary>
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

    /// <summary>The status: 2xx, 304, or one that the request lists as normal.</summary>
    public HttpStatusCode Status => _message.StatusCode;

    /// <summary>The address that answered, after redirects.</summary>
    public Uri FinalUri { get; }

    /// <summary>Whether the answered request carried the token.</summary>
    public bool TokenSent { get; }

    /// <summary>Whether the answered request carried no credentials at all.</summary>
    public bool IsAnonymous { get; }

    /// <summary>Whether the answer came over HTTP/2.</summary>
    public bool IsHttp2 => _message.Version.Major == 2;

    /// <summary>Whether the caller's cached version (<c>If-None-Match</c>) is still current; the answer has no body then.</summary>
    public bool IsNotModified => Status == HttpStatusCode.NotModified;

    /// <summary>The entity tag as sent, including quotes and weakness mark; null if there is none.</summary>
    public string? ETag => Header("ETag");

    /// <summary>The media type in lower case, without parameters; null if there is none.</summary>
    public string? MediaType => Header("Content-Type")?.Split(';', 2)[0].Trim().ToLowerInvariant();

    /// <summary>The time on the server's clock; null if the answer does not contain it.</summary>
    public DateTimeOffset? Date => _message.Headers.Date;

    /// <summary>Returns the value of a header, multiple values joined by commas; null if it is absent.</summary>
    public string? Header(string name) =>
        _message.Headers.NonValidated.TryGetValues(name, out var values) || _message.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.ToString()
            : null;
}
