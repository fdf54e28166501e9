using SkillMeat.Cache.Background;

namespace SkillMeat.Server.Json;

/// <summary>The background refresh of the home, in whatever process it runs.</summary>
internal sealed record BackgroundJson(
    BackgroundRefreshState State,
    bool Running,
    double? IntervalSeconds,
    DateTimeOffset? Started,
    BackgroundRunJson? LastRun,
    DateTimeOffset? LastSuccess,
    long Runs,
    double? SuccessRate,
    DateTimeOffset? NextRun,
    string? Problem,
    int? ProcessId,
    string? Machine,
    bool ServiceRefreshes,
    WatchRunJson? LastResult)
{
    /// <param name="one">The status.</param>
    /// <param name="serviceRefreshes">Whether the service that answers refreshes, or would if no other process did.</param>
    /// <param name="last">The last run of the service that answers.</param>
    public static BackgroundJson Of(BackgroundRefreshStatus one, bool serviceRefreshes, BackgroundRefreshRun? last) => new(
        one.State, one.State != BackgroundRefreshState.Stopped, one.Interval?.TotalSeconds, one.Started,
        one.LastRun is { } started ? new BackgroundRunJson(started, started == one.LastSuccess, one.LastDuration?.TotalMilliseconds) : null,
        one.LastSuccess, one.Runs, one.SuccessRate, one.NextRun, one.Problem, one.ProcessId, one.Machine, serviceRefreshes, last is null ? null : WatchRunJson.Of(last));
}
