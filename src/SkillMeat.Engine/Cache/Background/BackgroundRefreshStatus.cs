namespace SkillMeat.Cache.Background;

/// <summary>The status of the background refresh of a home.</summary>
/// <remarks>Immutable.</remarks>
public sealed record BackgroundRefreshStatus
{
    /// <summary>The full path of the home.</summary>
    public required string Home { get; init; }

    /// <summary>The state.</summary>
    public BackgroundRefreshState State { get; init; }

    /// <summary>The time between two runs; null if it is not known because the home was never refreshed in the background.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>The time at which the service started, in UTC.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>The start of the last run, in UTC; null for none.</summary>
    public DateTimeOffset? LastRun { get; init; }

    /// <summary>The start of the last run that succeeded, in UTC; null for none.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>The duration of the last run.</summary>
    public TimeSpan? LastDuration { get; init; }

    /// <summary>The number of runs since the service started.</summary>
    public long Runs { get; init; }

    /// <summary>The number of runs that succeeded since the service started.</summary>
    public long Successes { get; init; }

    /// <summary>The share of the runs that succeeded, from 0 to 1; null before the first run ended.</summary>
    public double? SuccessRate => Runs == 0 ? null : (double)Successes / Runs;

    /// <summary>The time of the next run, in UTC; null if none is planned.</summary>
    public DateTimeOffset? NextRun { get; init; }

    /// <summary>The error of the last run, or the reason for a pause or a wait; null for none.</summary>
    public string? Problem { get; init; }

    /// <summary>The id of the process that refreshes the home; null for none.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The name of the machine of that process.</summary>
    public string? Machine { get; init; }
}
