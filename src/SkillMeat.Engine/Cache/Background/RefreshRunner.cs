using SkillMeat.Cache.Database;
using SkillMeat.Collections;

namespace SkillMeat.Cache.Background;

/// <summary>Runs the tasks once. An error of one does not keep the others from running.</summary>
/// <param name="tasks">The tasks.</param>
/// <param name="time">The clock.</param>
internal sealed class RefreshRunner(IReadOnlyList<IRefreshTask> tasks, TimeProvider time)
{
    /// <summary>Refreshes what has expired.</summary>
    /// <param name="trigger">The reason. After a change of files, only the tasks that follow files run.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public async Task<BackgroundRefreshRun> RunAsync(BackgroundRefreshTrigger trigger, CancellationToken cancellationToken)
    {
        var (started, timestamp) = (time.GetUtcNow(), time.GetTimestamp());
        var results = new List<BackgroundRefreshTaskResult>();
        var problems = new List<string>();
        var (hasFailed, trouble) = (false, CacheTrouble.None);
        foreach (var task in tasks.Where(task => trigger == BackgroundRefreshTrigger.Time || task.FollowsFiles))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var expired = 0;
            try
            {
                var entries = task.FindExpired(time.GetUtcNow(), cancellationToken);
                expired = entries.Count;
                if (expired == 0) continue;
                var outcome = await task.RunAsync(entries, cancellationToken).ConfigureAwait(false);
                results.Add(new BackgroundRefreshTaskResult(task.Name, expired, outcome.Refreshed, outcome.Failed));
                problems.AddRange(outcome.Problems.Select(VisibleText.Line));
                hasFailed |= outcome.IsLimited || (outcome.Failed > 0 && outcome.Refreshed == 0);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // A connection that is cancelled can fail in other ways, too.
                cancellationToken.ThrowIfCancellationRequested();
                // The service goes on after any error, and reports it.
                results.Add(new BackgroundRefreshTaskResult(task.Name, expired, 0, expired));
                problems.Add(VisibleText.Line(e.Message));
                hasFailed = true;
                if (e is CacheUnusableException unusable) trouble = unusable.Trouble;
            }
        }

        return new BackgroundRefreshRun
        {
            Trigger = trigger,
            Started = started,
            Duration = time.GetElapsedTime(timestamp),
            Tasks = [.. results],
            Problems = TextValues.Of(problems),
            Succeeded = !hasFailed,
            Trouble = trouble,
        };
    }
}
