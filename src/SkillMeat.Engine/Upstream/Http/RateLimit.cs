using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace SkillMeat.Upstream.Http;

/// <summary>An exhausted rate limit. The rules follow GitHub's documentation, "Rate limits for the REST API".</summary>
/// <param name="Wait">The time until the reset; zero leaves the wait to the back-off.</param>
/// <param name="ResetAt">The time of the reset in UTC, by the server's clock if the answer contains it.</param>
internal sealed record RateLimit(TimeSpan Wait, DateTimeOffset ResetAt)
{
    /// <summary>The wait for a limit without a stated time: "wait at least one minute".</summary>
    private static readonly TimeSpan Unnamed = TimeSpan.FromSeconds(60);

    private static readonly string[] SecondaryWords = ["secondary rate limit", "secondary-rate-limit", "abuse"];

    // With a status of 403 or 429, these words are enough: "secondary rate limit", "was rate-limited", "abuse-rate-limit".
    private static readonly string[] LimitWords = ["rate limit", "rate-limit", "abuse detection", "temporarily limiting"];

    /// <summary>Whether the end of the limit is unknown, or the limit is known to apply again at once.</summary>
    public bool IsOpenEnded { get; init; }

    /// <summary>Whether it is GitHub's secondary limit, which counts requests in a short time, and not the primary one, which counts those of an hour.</summary>
    public bool IsSecondary { get; init; }

    /// <summary>Returns the rate limit of an error response, or null if it is not one or gives no hint (a bare 429).</summary>
    public static RateLimit? Of(UpstreamResponse response, string body, HostRole role, DateTimeOffset localNow)
    {
        if (response.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests)) return null;
        bool usedUp = response.Header("x-ratelimit-remaining") == "0";
        var limit = AfterRetryAfter(response, localNow)
            ?? (usedUp ? Until(ResetOf(response), response, localNow) : null)
            ?? (usedUp || SpeaksOfLimit(body) ? OpenEnded(response, localNow) : null);
        return limit is null ? null : limit with { IsSecondary = SpeaksOfSecondary(body) || (IsUnnamed(body, role) && !usedUp) };
    }

    /// <summary>Whether a message of GitHub names the secondary limit.</summary>
    public static bool SpeaksOfSecondary(string? words) => words is not null && Array.Exists(SecondaryWords, word => words.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the rate limit that a reader found in a body. The wait comes from the body or the headers, or is one minute.</summary>
    public static RateLimit ToldBy(RateLimitedException found, UpstreamResponse response, DateTimeOffset localNow)
    {
        var limit = Until(found.ResetAt, response, localNow)
            ?? AfterRetryAfter(response, localNow)
            // A secondary limit is reported together with the hourly reset, although the hourly requests are not exhausted.
            ?? (response.Header("x-ratelimit-remaining") is null or "0" ? Until(ResetOf(response), response, localNow) : null)
            ?? OpenEnded(response, localNow);
        return limit with { IsSecondary = found.IsSecondary };
    }

    /// <summary>
    /// Returns a limit on anonymous git like that of github.com, which applies again as soon as it ends. A stated time only says until when requests
    /// are pointless.
    /// </summary>
    public static RateLimit ForNobody(UpstreamResponse response, DateTimeOffset localNow) =>
        (AfterRetryAfter(response, localNow) ?? OpenEnded(response, localNow)) with { IsOpenEnded = true };

    /// <summary>Returns a limit that the host did not state.</summary>
    public static RateLimit FromNow(DateTimeOffset now) => new(Unnamed, now + Unnamed) { IsOpenEnded = true };

    /// <summary>Returns the wait in a <c>Retry-After</c> header, as seconds or a date; null without that header.</summary>
    public static TimeSpan? RetryAfterOf(UpstreamResponse response, DateTimeOffset localNow) => AfterRetryAfter(response, localNow)?.Wait;

    private static RateLimit? AfterRetryAfter(UpstreamResponse response, DateTimeOffset localNow)
    {
        if (!RetryConditionHeaderValue.TryParse(response.Header("Retry-After"), out var value)) return null;
        return value.Delta is { } delta ? After(delta, response, localNow) : Until(value.Date, response, localNow);
    }

    private static RateLimit OpenEnded(UpstreamResponse response, DateTimeOffset localNow) => After(Unnamed, response, localNow) with { IsOpenEnded = true };

    private static RateLimit After(TimeSpan wait, UpstreamResponse response, DateTimeOffset localNow) =>
        new(wait, (response.Date ?? localNow).ToUniversalTime() + wait);

    // Using the server's clock for both times cancels out a wrong local clock. Both are in whole seconds, so the last one is waited out.
    private static RateLimit? Until(DateTimeOffset? reset, UpstreamResponse response, DateTimeOffset localNow)
    {
        if (reset is not { } at) return null;
        var wait = at - (response.Date ?? localNow);
        return new RateLimit(wait < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : wait, at.ToUniversalTime());
    }

    private static DateTimeOffset? ResetOf(UpstreamResponse response) =>
        long.TryParse(response.Header("x-ratelimit-reset"), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds is > 0 and <= 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    // GitHub's documentation calls every limit secondary that leaves requests of the hour.
    private static bool IsUnnamed(string body, HostRole role) =>
        role is HostRole.Api or HostRole.GraphQL && !body.Contains("API rate limit", StringComparison.OrdinalIgnoreCase);

    private static bool SpeaksOfLimit(string body) =>
        Array.Exists(LimitWords, words => body.Contains(words, StringComparison.OrdinalIgnoreCase));
}
