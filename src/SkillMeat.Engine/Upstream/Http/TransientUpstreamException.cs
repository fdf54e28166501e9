namespace SkillMeat.Upstream.Http;

/// <summary>A transient error, after which the attempt is repeated. It never leaves the HTTP layer.</summary>
internal sealed class TransientUpstreamException : Exception
{
    /// <summary>Creates the exception with a description that fits after "the last error: ".</summary>
    public TransientUpstreamException(string failure, Exception? innerException = null)
        : base(failure, innerException)
    {
    }

    /// <summary>Whether a gateway reported with 502 or 504 that its server took too long.</summary>
    public bool IsGateway { get; init; }

    /// <summary>Whether the server answered, though not with what was asked for.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>Whether the attempt is not repeated, because the next one would take as long.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Whether the server was silent for too long.</summary>
    public bool IsStall { get; init; }

    /// <summary>The wait that the server asks for (503 with <c>Retry-After</c>); null leaves it to the back-off.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The host whose HTTP/2 failed; null for all other errors.</summary>
    public Uri? BrokenHttp2 { get; init; }
}
