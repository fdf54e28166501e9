namespace SkillMeat.Cache.Background;

/// <summary>Plans the runs: at intervals with a random part, so that machines do not ask at the same moment, and at longer ones after failures.</summary>
/// <param name="interval">The time between two runs.</param>
/// <param name="random">The source of random numbers.</param>
internal sealed class RefreshSchedule(TimeSpan interval, Random random)
{
    /// <summary>The largest random part, as a share of the interval. It only adds: an entry that is refreshed in every run has expired when the next one begins.</summary>
    public const double Jitter = 0.1;

    /// <summary>The longest time between two runs after failures, if the interval is not longer.</summary>
    public static readonly TimeSpan LongestBackOff = TimeSpan.FromHours(1);

    // 2 to the power of this is longer than the longest back-off for every interval.
    private const int MostDoublings = 12;

    /// <summary>The time between two runs.</summary>
    public TimeSpan Interval { get; } = interval;

    /// <summary>Returns the time to the next run.</summary>
    /// <param name="failures">The number of runs that failed since the last success.</param>
    public TimeSpan Next(int failures)
    {
        var longest = Interval > LongestBackOff ? Interval : LongestBackOff;
        var doubled = Interval * Math.Pow(2, Math.Min(failures, MostDoublings));
        return (doubled < longest ? doubled : longest) + (Interval * (Jitter * random.NextDouble()));
    }
}
