using System.Globalization;
using SkillMeat.Cache.Background;

namespace SkillMeat.Server.Background;

/// <summary>Describes runs of the background refresh to people.</summary>
internal static class RunText
{
    /// <summary>Describes a run in one line.</summary>
    public static string Of(BackgroundRefreshRun run)
    {
        var tasks = string.Join(", ", run.Tasks.Select(task => $"{task.Refreshed} of {task.Expired} {task.Task}"));
        var result = run.Tasks.Count == 0 ? "nothing had expired" : run.Failed == 0 ? $"refreshed {tasks}" : $"refreshed {tasks}; {run.Failed} failed";
        var cause = run.Trigger == BackgroundRefreshTrigger.FileChange ? "files changed, " : "";
        var next = run.NextRun is { } time ? $" Next run: {Time(time)}." : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Time(run.Started)}: {cause}{result} in {run.Duration.TotalMilliseconds:0} ms.{next}");
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
