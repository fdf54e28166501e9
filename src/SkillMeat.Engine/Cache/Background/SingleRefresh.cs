using SkillMeat.Cache.Database;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cache.Background;

/// <summary>One run, for scheduled tasks.</summary>
/// <param name="cache">The cache of the home.</param>
/// <param name="lease">The lease, which is held during the run.</param>
/// <param name="options">The options.</param>
/// <param name="interval">The age at which an entry expires.</param>
internal sealed class SingleRefresh(HomeCache cache, RefreshLease lease, BackgroundRefreshOptions options, TimeSpan interval)
{
    private readonly TimeProvider _time = cache.Store.Time;

    /// <returns>The result, or null if another process has the lease.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.StorageFailed"/>: the cache cannot be written.</exception>
    public async Task<BackgroundRefreshRun?> RunAsync(CancellationToken cancellationToken)
    {
        var answer = lease.Take(cancellationToken);
        if (answer.Other is { } other)
        {
            options.Report($"Process {other.Process} on {VisibleText.Line(other.Machine)} refreshes this home.");
            return null;
        }

        if (!answer.IsHeld) throw new SkillMeatException(ErrorIds.StorageFailed, $"The cache '{cache.Database.CurrentFile?.Path}' {CacheTroubles.Describe(answer.Trouble)}, so nothing can be refreshed.");
        try
        {
            using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            BackgroundRefreshRun run;
            await using (new LeaseKeeper(lease, _time, _ => { }, lost.Cancel).ConfigureAwait(false))
            {
                run = await new RefreshRunner(RefreshTasks.Of(cache, options, interval), _time).RunAsync(BackgroundRefreshTrigger.Time, lost.Token).ConfigureAwait(false);
            }

            Keep(run);
            new CacheMaintenance(cache).Tidy(cancellationToken);
            return run;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SkillMeatException(ErrorIds.StorageFailed, $"The cache '{cache.Database.CurrentFile?.Path}' could not be written during the refresh. Try again.");
        }
        finally
        {
            lease.Release(CancellationToken.None);
        }
    }

    private void Keep(BackgroundRefreshRun run) => cache.Database.TryRun(
        connection =>
        {
            var last = StatusRow.Read(connection, cache.Store.Home, _time.GetUtcNow());
            lease.IfHeld(connection, () => StatusRow.Write(connection, last with
            {
                State = BackgroundRefreshState.Stopped,
                Interval = interval,
                Started = run.Started,
                LastRun = run.Started,
                LastSuccess = run.Succeeded ? run.Started : last.LastSuccess,
                LastDuration = run.Duration,
                Runs = 1,
                Successes = run.Succeeded ? 1 : 0,
                NextRun = null,
                Problem = run.Problems.Count > 0 ? run.Problems[0] : null,
            }));
            return true;
        },
        out _);
}
