using SkillMeat.Cache.Background;
using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>A run, as <c>skm watch</c> prints it: one object on each line.</summary>
internal sealed record WatchRunJson(
    DateTimeOffset Started, BackgroundRefreshTrigger Trigger, bool Succeeded, int Expired, int Refreshed, int Failed, IReadOnlyList<WatchTaskJson> Tasks, TextValues Problems, double DurationMs, DateTimeOffset? NextRun)
{
    public static WatchRunJson Of(BackgroundRefreshRun run) => new(
        run.Started, run.Trigger, run.Succeeded, run.Expired, run.Refreshed, run.Failed, [.. run.Tasks.Select(WatchTaskJson.Of)], run.Problems, Math.Round(run.Duration.TotalMilliseconds, 3), run.NextRun);
}
