using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Upstream.Http;

/// <summary>The options for requests to an upstream: time-outs, retries and parallelism. The defaults suit interactive use.</summary>
/// <remarks>Immutable, so instances can be shared between threads. Values are validated when they are first used.</remarks>
public sealed record UpstreamOptions
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromSeconds(WaitSeconds.Most);

    /// <summary>
    /// The maximum number of concurrent requests, 1 to 64. Default 4, because GitHub asks clients to keep it low and imposes secondary limits
    /// otherwise. Requests of git's own protocol are counted separately, with twice this number for each host.
    /// </summary>
    public int MaxParallelRequests { get; init; } = 4;

    /// <summary>
    /// The longest silence in one attempt: until the first byte of the answer, and between two bytes. Default 30 seconds, at most a day.
    /// </summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The longest time that a request, with all its attempts, may wait for a host that makes no progress, and so the longest time that a host which
    /// stalls can take. Less than 1 KiB a second is no progress. Afterwards the host gets no further requests, unless it answers one. Waits for a rate
    /// limit do not count. Default 60 seconds, at most a day.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForAnswer);

    /// <summary>
    /// The number of retries after transient errors, 0 to 20. Default 4, which makes 5 attempts. Waits for a rate limit do not count.
    /// </summary>
    public int MaxRetries { get; init; } = 4;

    /// <summary>The mean delay before the first retry. It doubles with each retry, with jitter. Default 200 milliseconds.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest delay between two attempts without a rate limit. Default 8 seconds.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// The longest wait for a rate limit. A longer one is an error that states the time of the reset. Default 60 seconds, at most a day.
    /// </summary>
    public TimeSpan MaxRateLimitWait { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForRateLimit);

    /// <summary>The maximum number of consecutive rate limit waits of a host or a request, 0 to 100. Default 5.</summary>
    public int MaxRateLimitWaits { get; init; } = 5;

    /// <summary>The limits of what a server may send. Those in <c>config.toml</c> take precedence.</summary>
    public UpstreamLimits Limits { get; init; } = new();

    /// <summary>The token for the configured GitHub server; null for anonymous requests. It is sent only to the hosts of that server.</summary>
    public GitHubToken? Token { get; init; }

    /// <summary>Returns the same options with another time-out. Attempts get at least half of it, because a user who raises it knows a slow host.</summary>
    /// <param name="timeout">The value of <see cref="Timeout"/>.</param>
    /// <returns>The options.</returns>
    public UpstreamOptions Within(TimeSpan timeout) => this with { Timeout = timeout, AttemptTimeout = timeout / 2 > AttemptTimeout ? timeout / 2 : AttemptTimeout };

    /// <summary>The whole time of one attempt. A user who raises the time-out knows a slow host.</summary>
    internal TimeSpan RequestTime => Limits.RequestTime > Timeout ? Limits.RequestTime : Timeout;

    /// <summary>The longest silence of a server of the git program, which may listen for twice as long.</summary>
    internal TimeSpan GitSilence => AttemptTimeout < Timeout / 2 ? AttemptTimeout : Timeout / 2;

    /// <summary>Checks that all values are in range.</summary>
    /// <exception cref="SkillMeatException">With <see cref="ErrorIds.InvalidArgument"/> and the name of the first invalid value.</exception>
    internal void Validate()
    {
        Require(MaxParallelRequests is >= 1 and <= 64, $"{nameof(MaxParallelRequests)} must be 1 to 64, not {MaxParallelRequests}.");
        Require(MaxRetries is >= 0 and <= 20, $"{nameof(MaxRetries)} must be 0 to 20, not {MaxRetries}.");
        Require(MaxRateLimitWaits is >= 0 and <= 100, $"{nameof(MaxRateLimitWaits)} must be 0 to 100, not {MaxRateLimitWaits}.");
        Limits.Validate();
        RequireTime(AttemptTimeout, TimeSpan.FromMilliseconds(1), nameof(AttemptTimeout));
        RequireTime(Timeout, TimeSpan.FromMilliseconds(1), nameof(Timeout));
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
