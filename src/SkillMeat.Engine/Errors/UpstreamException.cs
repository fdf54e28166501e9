namespace SkillMeat.Errors;

/// <summary>An upstream could not answer. What is already known about its artifacts stays unchanged.</summary>
public sealed class UpstreamException : SkillMeatException
{
    /// <summary>Creates an error that names the host or repository, never a token.</summary>
    /// <param name="errorId">One of the <c>Upstream…</c> ids in <see cref="ErrorIds"/>.</param>
    /// <param name="message">One line that names the host or repository and says what to do next.</param>
    /// <param name="retryAfter">The time in UTC from which a retry can succeed, or null if upstream did not say.</param>
    /// <param name="innerException">The cause, or null.</param>
    public UpstreamException(string errorId, string message, DateTimeOffset? retryAfter = null, Exception? innerException = null)
        : base(errorId, message, innerException)
    {
        RetryAfter = retryAfter;
    }

    /// <summary>The time in UTC from which a retry can succeed, or null if upstream did not say.</summary>
    public DateTimeOffset? RetryAfter { get; }

    /// <summary>Whether upstream imposed a rate limit, primary or secondary.</summary>
    internal bool IsRateLimit => ErrorId is ErrorIds.UpstreamRateLimited or ErrorIds.UpstreamSecondaryRateLimited;

    /// <summary>Whether the server may have failed because the request was too large. Half of it may succeed.</summary>
    internal bool MayBeTooLarge { get; init; }

    /// <summary>Whether the answer exceeds one of the limits under <c>[limits]</c>. The answer to half of the request may not.</summary>
    internal bool IsOverLimit { get; init; }
}
