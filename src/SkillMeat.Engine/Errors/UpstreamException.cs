namespace SkillMeat.Errors;

/// <summary>An upstream could not tell what it was asked. Nothing that is known of its artifacts is changed because of it.</summary>
public sealed class UpstreamException : SkillMeatException
{
    /// <summary>Makes an error that names the host or repository, never a token.</summary>
    /// <param name="errorId">One of the <c>Upstream…</c> ids in <see cref="ErrorIds"/>.</param>
    /// <param name="message">One line that names the host or repository and what helps.</param>
    /// <param name="retryAfter">When asking again can succeed, in UTC, where upstream said so.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public UpstreamException(string errorId, string message, DateTimeOffset? retryAfter = null, Exception? innerException = null)
        : base(errorId, message, innerException)
    {
        RetryAfter = retryAfter;
    }

    /// <summary>When asking again can succeed, in UTC; null when upstream did not say.</summary>
    public DateTimeOffset? RetryAfter { get; }

    /// <summary>Whether the answer was one that servers give when a request takes them too long; half of it may do.</summary>
    internal bool MayBeTooMuch { get; init; }
}
