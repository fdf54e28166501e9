using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace SkillMeat.Upstream.Http;

/// <summary>A used-up rate limit. The rules are those of GitHub's documentation, "Rate limits for the REST API".</summary>
/// <param name="Wait">How long until it is reset; zero leaves the wait to the back-off.</param>
/// <param name="ResetAt">When that is, in UTC, by the server's clock where it tells it.</param>
internal sealed record RateLimit(TimeSpan Wait, DateTimeOffset ResetAt)
{
    /// <summary>The wait when a limit is named without a time: "wait at least one minute".</summary>
    private static readonly TimeSpan Unnamed = TimeSpan.FromSeconds(60);

    // Where the status is one of a limit, the mere mention is enough: "secondary rate limit", "was rate-limited", "abuse-rate-limit".
    private static readonly string[] LimitWords = ["rate limit", "rate-limit", "abuse detection", "temporarily limiting"];

    /// <summary>Whether nobody said when it ends, or it is known to come back at once.</summary>
    public bool IsOpenEnded { get; init; }

    /// <summary>The limit that a refusal means; null when it is no rate limit, or one without any hint (a bare 429).</summary>
    public static RateLimit? Of(UpstreamResponse response, string body, DateTimeOffset localNow)
    {
        if (response.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests)) return null;
        bool usedUp = response.Header("x-ratelimit-remaining") == "0";
        return AfterRetryAfter(response, localNow)
            ?? (usedUp ? Until(ResetOf(response), response, localNow) : null)
            ?? (usedUp || SpeaksOfLimit(body) ? OpenEnded(response, localNow) : null);
    }

    /// <summary>The limit that a reader found in the body of an answer; the wait comes from the body, the headers, or is a minute.</summary>
    public static RateLimit ToldBy(RateLimitedException found, UpstreamResponse response, DateTimeOffset localNow) =>
        Until(found.ResetAt, response, localNow)
        ?? AfterRetryAfter(response, localNow)
        // The secondary limit comes beside the hour's reset, though the hour's requests are not used up.
        ?? (response.Header("x-ratelimit-remaining") is null or "0" ? Until(ResetOf(response), response, localNow) : null)
        ?? OpenEnded(response, localNow);

    /// <summary>A limit like github.com's for git without a token, which hits everybody again when its time is over; an answer that names a time only says until when nobody need ask.</summary>
    public static RateLimit ForNobody(UpstreamResponse response, DateTimeOffset localNow) =>
        (AfterRetryAfter(response, localNow) ?? OpenEnded(response, localNow)) with { IsOpenEnded = true };

    /// <summary>A limit that nobody named.</summary>
    public static RateLimit FromNow(DateTimeOffset now) => new(Unnamed, now + Unnamed) { IsOpenEnded = true };

    /// <summary>The wait that <c>Retry-After</c> asks for, be it seconds or a date; null without that header.</summary>
    public static TimeSpan? RetryAfterOf(UpstreamResponse response, DateTimeOffset localNow) => AfterRetryAfter(response, localNow)?.Wait;

    private static RateLimit? AfterRetryAfter(UpstreamResponse response, DateTimeOffset localNow)
    {
        if (!RetryConditionHeaderValue.TryParse(response.Header("Retry-After"), out var value)) return null;
        return value.Delta is { } delta ? After(delta, response, localNow) : Until(value.Date, response, localNow);
    }

    private static RateLimit OpenEnded(UpstreamResponse response, DateTimeOffset localNow) => After(Unnamed, response, localNow) with { IsOpenEnded = true };

    private static RateLimit After(TimeSpan wait, UpstreamResponse response, DateTimeOffset localNow) =>
        new(wait, (response.Date ?? localNow).ToUniversalTime() + wait);

    // A wrong local clock cancels out when the server tells its own; both count whole seconds, so the last one is waited out.
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

    private static bool SpeaksOfLimit(string body) =>
        Array.Exists(LimitWords, words => body.Contains(words, StringComparison.OrdinalIgnoreCase));
}
