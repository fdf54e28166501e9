namespace SkillMeat.Upstream.Http;

/// <summary>
/// The error of an exhausted rate limit. Readers throw it if only the body reports the limit, such as GraphQL's <c>RATE_LIMITED</c>. It never leaves
/// the HTTP layer.
/// </summary>
internal sealed class RateLimitedException : Exception
{
    /// <summary>
    /// Creates the exception for readers. The wait comes from the headers, or from <paramref name="resetAt"/> if the body states it.
    /// </summary>
    public RateLimitedException(string message, DateTimeOffset? resetAt = null)
        : base(message)
    {
        ResetAt = resetAt;
    }

    /// <summary>Creates the exception for the HTTP layer, once the wait is known.</summary>
    public RateLimitedException(RateLimit limit, Uri answeredBy, bool tokenSent)
        : base("rate limit")
    {
        Limit = limit;
        AnsweredBy = answeredBy;
        TokenSent = tokenSent;
    }

    /// <summary>The host that may be less restrictive over HTTP/1.1; null if that is unlikely.</summary>
    public Uri? OverHttp2 { get; init; }

    /// <summary>Whether the body names the secondary limit.</summary>
    public bool IsSecondary { get; init; }

    /// <summary>The reset time in the body, by the server's clock.</summary>
    public DateTimeOffset? ResetAt { get; }

    /// <summary>The rate limit; null until the headers have been evaluated.</summary>
    public RateLimit? Limit { get; }

    /// <summary>The address that imposed the limit; null if <see cref="Limit"/> is.</summary>
    public Uri? AnsweredBy { get; }

    /// <summary>Whether the limited request carried the token.</summary>
    public bool TokenSent { get; }
}
