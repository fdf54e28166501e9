using System.Net;

namespace SkillMeat.Upstream.Http;

/// <summary>An HTTP request as an immutable value, so that it can be sent again.</summary>
internal sealed record UpstreamHttpRequest
{
    /// <summary>The method; GET by default.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>The absolute http or https address.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The name of the request for messages, such as <c>GraphQL query</c> or <c>refs of owner/repo</c>.</summary>
    public required string What { get; init; }

    /// <summary>The role of the host.</summary>
    public HostRole Role { get; init; }

    /// <summary>Whether to omit the token even for its own host. A token can be refused where anonymous requests are allowed.</summary>
    public bool WithoutToken { get; init; }

    /// <summary>The expected type of the body.</summary>
    public ExpectedBody Expect { get; init; }

    /// <summary>Whether the reader may stop before the end, in which case the rest is not read.</summary>
    public bool IsReadInPart { get; init; }

    /// <summary>The <c>Accept</c> header; null for none.</summary>
    public string? Accept { get; init; }

    /// <summary>Further headers, such as <c>If-None-Match</c> or <c>Git-Protocol</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body; null for none.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>The <c>Content-Type</c> of the body.</summary>
    public string? ContentType { get; init; }

    /// <summary>The status codes that are passed to the reader, in addition to 2xx and 304.</summary>
    public IReadOnlyList<HttpStatusCode> AlsoNormal { get; init; } = [];

    /// <summary>
    /// The maximum number of retries after a 502 or 504. A gateway sends these if its server took too long, and the same request would take as long
    /// again. Null for the same number as for other errors.
    /// </summary>
    public int? MaxGatewayRetries { get; init; }

    /// <summary>Whether an answer with a status is passed to the reader.</summary>
    public bool IsNormal(HttpStatusCode status) =>
        (int)status is >= 200 and < 300 || status == HttpStatusCode.NotModified || AlsoNormal.Contains(status);
}
