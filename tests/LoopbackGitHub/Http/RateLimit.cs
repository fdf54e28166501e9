using System.Globalization;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The limit of requests in an hour for one kind of client.</summary>
/// <remarks>Thread-safe. The hour begins with the first request.</remarks>
internal sealed class RateLimit(string resource, int limit, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private readonly object _gate = new();
    private int _used;
    private DateTimeOffset _reset;

    /// <summary>Takes the cost of a request; returns false if it exceeds the rest.</summary>
    public bool TryTake(int cost)
    {
        lock (_gate)
        {
            Roll();
            if (_used + cost > limit)
            {
                return false;
            }

            _used += cost;
            return true;
        }
    }

    /// <summary>Whether nothing is left.</summary>
    public bool IsUsedUp => Read().Remaining == 0;

    /// <summary>The current state.</summary>
    public (int Limit, int Used, int Remaining, long Reset) Read()
    {
        lock (_gate)
        {
            Roll();
            return (limit, _used, limit - _used, _reset.ToUnixTimeSeconds());
        }
    }

    /// <summary>The state as GitHub's headers.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers()
    {
        var (most, used, remaining, reset) = Read();
        return Headers(resource, most, remaining, used, reset);
    }

    /// <summary>The headers for any state.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Headers(string resource, int limit, int remaining, int used, long reset) =>
    [
        new("x-ratelimit-limit", limit.ToString(CultureInfo.InvariantCulture)),
        new("x-ratelimit-remaining", remaining.ToString(CultureInfo.InvariantCulture)),
        new("x-ratelimit-reset", reset.ToString(CultureInfo.InvariantCulture)),
        new("x-ratelimit-used", used.ToString(CultureInfo.InvariantCulture)),
        new("x-ratelimit-resource", resource),
    ];

    private void Roll()
    {
        var now = time.GetUtcNow();
        if (now >= _reset)
        {
            _used = 0;
            _reset = now + Window;
        }
    }
}
