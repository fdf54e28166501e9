using System.Net;

namespace SkillMeat.Upstream.Http;

/// <summary>One request as a value, so that it can be sent again.</summary>
internal sealed record UpstreamHttpRequest
{
    /// <summary>GET unless said otherwise.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>Where to; absolute, http or https.</summary>
    public required Uri Uri { get; init; }

    /// <summary>What is asked for, as messages name it: <c>GraphQL query</c>, <c>refs of owner/repo</c>.</summary>
    public required string What { get; init; }

    /// <summary>What the host is to us.</summary>
    public HostRole Role { get; init; }

    /// <summary>Whether the token stays out although the host is its own: a token can be refused where nobody at all is let in.</summary>
    public bool WithoutToken { get; init; }

    /// <summary>What the answer's body should be.</summary>
    public ExpectedBody Expect { get; init; }

    /// <summary>Whether the reader may stop before the end, so that nobody waits for the rest.</summary>
    public bool IsReadInPart { get; init; }

    /// <summary>The <c>Accept</c> header; null sends none.</summary>
    public string? Accept { get; init; }

    /// <summary>Further headers, such as <c>If-None-Match</c> or <c>Git-Protocol</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body; null sends none.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>The body's <c>Content-Type</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>Statuses that the reader wants to see itself, beside 2xx and 304.</summary>
    public IReadOnlyList<HttpStatusCode> AlsoNormal { get; init; } = [];

    /// <summary>
    /// How often a 502 or 504 is repeated at most: a gateway says so of a server that took too long, and the same request takes it as long again. Null for as often as any
    /// other fault.
    /// </summary>
    public int? MaxGatewayRetries { get; init; }

    /// <summary>Whether the reader gets an answer of this status.</summary>
    public bool IsNormal(HttpStatusCode status) =>
        (int)status is >= 200 and < 300 || status == HttpStatusCode.NotModified || AlsoNormal.Contains(status);
}
