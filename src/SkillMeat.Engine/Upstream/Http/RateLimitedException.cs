namespace SkillMeat.Upstream.Http;

/// <summary>A rate limit is used up. A reader throws it for what only the body tells (GraphQL's <c>RATE_LIMITED</c>). Never leaves the HTTP layer.</summary>
internal sealed class RateLimitedException : Exception
{
    /// <summary>Thrown by readers: the wait is told by the answer's headers, or by <paramref name="resetAt"/> where the body names it.</summary>
    public RateLimitedException(string message, DateTimeOffset? resetAt = null)
        : base(message)
    {
        ResetAt = resetAt;
    }

    /// <summary>Thrown by the HTTP layer once the wait is known.</summary>
    public RateLimitedException(RateLimit limit, Uri answeredBy, bool tokenSent)
        : base("rate limit")
    {
        Limit = limit;
        AnsweredBy = answeredBy;
        TokenSent = tokenSent;
    }

    /// <summary>The host that may be kinder over HTTP/1.1; null where that is not to be expected.</summary>
    public Uri? OverHttp2 { get; init; }

    /// <summary>The reset that the body named, by the server's clock.</summary>
    public DateTimeOffset? ResetAt { get; }

    /// <summary>The limit; null as long as the headers were not asked.</summary>
    public RateLimit? Limit { get; }

    /// <summary>Who imposed it; null together with <see cref="Limit"/>.</summary>
    public Uri? AnsweredBy { get; }

    /// <summary>Whether the limited request carried the token.</summary>
    public bool TokenSent { get; }
}
