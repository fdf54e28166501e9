using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Upstream.Http;

/// <summary>How patient and how busy the engine is with an upstream. The defaults suit a person at a terminal.</summary>
/// <remarks>Immutable, so an instance can be shared between threads. Values out of range are refused when they are first used.</remarks>
public sealed record UpstreamOptions
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromSeconds(WaitSeconds.Most);

    /// <summary>
    /// Requests in flight at once, 1 to 64. Default 4: GitHub asks clients to stay low, and more brings secondary limits. Those of git's own protocol, which are
    /// no part of an interface, may be twice as many at each host, and count apart.
    /// </summary>
    public int MaxParallelRequests { get; init; } = 4;

    /// <summary>The longest silence in one attempt: until the first byte of the answer, and between two bytes. Default 30 seconds, at most a day.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts after the first that a passing fault may cost, 0 to 20. Default 4, so 5 attempts. Waits for a rate limit don't count.</summary>
    public int MaxRetries { get; init; } = 4;

    /// <summary>The mean pause before the first retry; it doubles with each, with jitter. Default 200 milliseconds.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between two attempts when no rate limit says otherwise. Default 8 seconds.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The longest wait that a rate limit may ask for; what asks for more is an error that says when the limit is reset. Default 60 seconds, at most a day.</summary>
    public TimeSpan MaxRateLimitWait { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForRateLimit);

    /// <summary>How many times in a row a host, or one request, may ask for such a wait, 0 to 100. Default 5.</summary>
    public int MaxRateLimitWaits { get; init; } = 5;

    /// <summary>The token for the configured GitHub; null asks anonymously. It is sent to that GitHub's own hosts only.</summary>
    public GitHubToken? Token { get; init; }

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="SkillMeatException">With <see cref="ErrorIds.InvalidArgument"/>: names the first value that can't be used.</exception>
    internal void Validate()
    {
        Require(MaxParallelRequests is >= 1 and <= 64, $"{nameof(MaxParallelRequests)} must be 1 to 64, not {MaxParallelRequests}.");
        Require(MaxRetries is >= 0 and <= 20, $"{nameof(MaxRetries)} must be 0 to 20, not {MaxRetries}.");
        Require(MaxRateLimitWaits is >= 0 and <= 100, $"{nameof(MaxRateLimitWaits)} must be 0 to 100, not {MaxRateLimitWaits}.");
        RequireTime(AttemptTimeout, TimeSpan.FromMilliseconds(1), nameof(AttemptTimeout));
        RequireTime(BaseDelay, TimeSpan.Zero, nameof(BaseDelay));
        RequireTime(MaxDelay, TimeSpan.FromMilliseconds(1), nameof(MaxDelay));
        RequireTime(MaxRateLimitWait, TimeSpan.Zero, nameof(MaxRateLimitWait));
    }

    private static void RequireTime(TimeSpan value, TimeSpan least, string name) =>
        Require(value >= least && value <= LongestTimer, $"{name} must be {least} to {LongestTimer}, not {value}.");

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new SkillMeatException(ErrorIds.InvalidArgument, otherwise);
    }
}
