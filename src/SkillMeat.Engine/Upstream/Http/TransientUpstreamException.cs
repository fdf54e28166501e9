namespace SkillMeat.Upstream.Http;

/// <summary>A fault that may pass: the attempt is repeated. Never leaves the HTTP layer.</summary>
internal sealed class TransientUpstreamException : Exception
{
    /// <summary>Makes a fault from what happened, in words that fit behind "the last: ".</summary>
    public TransientUpstreamException(string failure, Exception? innerException = null)
        : base(failure, innerException)
    {
    }

    /// <summary>Whether a gateway answered for a server that took too long, with 502 or 504.</summary>
    public bool IsGateway { get; init; }

    /// <summary>When the server wants to be asked again (503 with <c>Retry-After</c>); null leaves it to the back-off.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The host whose HTTP/2 broke; null for all other faults.</summary>
    public Uri? BrokenHttp2 { get; init; }
}
