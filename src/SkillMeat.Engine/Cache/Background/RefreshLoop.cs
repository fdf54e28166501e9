using System.Threading.Channels;
using SkillMeat.Cache.Background.Watching;
using SkillMeat.Cache.Database;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cache.Background;

/// <summary>The work of a service: waits for the lease, and refreshes at intervals and after changes of files as long as it holds it.</summary>
/// <param name="cache">The cache of the home.</param>
/// <param name="lease">The lease.</param>
/// <param name="runner">Runs the tasks.</param>
/// <param name="schedule">Plans the runs.</param>
/// <param name="board">Receives the status.</param>
/// <param name="options">The options.</param>
internal sealed class RefreshLoop(HomeCache cache, RefreshLease lease, RefreshRunner runner, RefreshSchedule schedule, StatusBoard board, BackgroundRefreshOptions options)
{
    /// <summary>The time between two attempts to take the lease of another process.</summary>
    public static readonly TimeSpan WaitForLease = TimeSpan.FromSeconds(5);

    /// <summary>The time between two looks at stamps where the system cannot watch.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan _longestEnd = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = cache.Store.Time;
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile int _failures;
    private volatile bool _isPaused;

    /// <summary>Works until cancelled. Errors never end it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await TakeLeaseAsync(cancellationToken).ConfigureAwait(false);
                await HoldLeaseAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                board.Change(status => status with { State = BackgroundRefreshState.BackingOff, Problem = VisibleText.Line(e.Message), NextRun = null });
                Say(e.Message);
                _failures++;
                await Task.Delay(schedule.Next(_failures), _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        // The end does not wait for a program that locks the file. Then the lease expires.
        using var soon = new CancellationTokenSource();
        soon.CancelAfter(_longestEnd);
        Publish(status => status with { State = BackgroundRefreshState.Stopped, NextRun = null, Problem = status.State is BackgroundRefreshState.Waiting or BackgroundRefreshState.Paused ? null : status.Problem }, soon.Token);
        Quietly(() => lease.Release(soon.Token));
    }

    private async Task TakeLeaseAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = lease.Take(cancellationToken);
            if (answer.IsHeld) break;
            if (answer.Other is { } other)
            {
                Resume();
                var problem = $"Process {other.Process} on {VisibleText.Line(other.Machine)} refreshes this home. Waiting until it ends.";
                if (board.Current.Problem != problem) Say(problem);
                board.Change(status => status with { State = BackgroundRefreshState.Waiting, Problem = problem, NextRun = null, ProcessId = other.Process, Machine = other.Machine });
            }
            else
            {
                Pause(answer.Trouble);
            }

            await Task.Delay(answer.Other is null ? RefreshLease.Renewal : WaitForLease, _time, cancellationToken).ConfigureAwait(false);
        }

        if (board.Current.State == BackgroundRefreshState.Waiting) Say("Refreshing this home now.");
        board.Change(status => status with { ProcessId = Environment.ProcessId, Machine = Environment.MachineName });
        Resume();
        if (board.Current.Runs == 0) ReadLast(cancellationToken);
    }

    /// <summary>Reads what the last service left.</summary>
    private void ReadLast(CancellationToken cancellationToken)
    {
        if (!cache.Database.TryRun(connection => StatusRow.Read(connection, cache.Store.Home, _time.GetUtcNow()), out var last, cancellationToken)) return;
        board.Change(status => status with { LastRun = last.LastRun, LastSuccess = last.LastSuccess, LastDuration = last.LastDuration });
    }

    private async Task HoldLeaseAsync(CancellationToken cancellationToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var keeper = new LeaseKeeper(lease, _time, Renewed, () => Quietly(lost.Cancel)).ConfigureAwait(false);
        using var watcher = new HomeWatcher(cache.Store.Layout, _time, () => _changes.Writer.TryWrite(true), Say);
        try
        {
            while (true)
            {
                watcher.Renew();
                await FollowUntilAsync(await RefreshAsync(lost.Token).ConfigureAwait(false), watcher, lost.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The lease is lost: the next attempt to take it says who has it.
        }
    }

    /// <summary>Refreshes what has expired.</summary>
    /// <returns>The time of the next run.</returns>
    private async Task<DateTimeOffset> RefreshAsync(CancellationToken cancellationToken)
    {
        Publish(status => status with { State = BackgroundRefreshState.Refreshing, NextRun = null }, cancellationToken);
        var run = await runner.RunAsync(BackgroundRefreshTrigger.Time, cancellationToken).ConfigureAwait(false);
        _failures = run.Succeeded ? 0 : _failures + 1;
        var next = _time.GetUtcNow() + schedule.Next(_failures);
        Publish(status => status with
        {
            State = run.Succeeded ? BackgroundRefreshState.Running : BackgroundRefreshState.BackingOff,
            LastRun = run.Started,
            LastSuccess = run.Succeeded ? run.Started : status.LastSuccess,
            LastDuration = run.Duration,
            Runs = status.Runs + 1,
            Successes = status.Successes + (run.Succeeded ? 1 : 0),
            NextRun = next,
            Problem = run.Problems.Count > 0 ? run.Problems[0] : null,
        }, cancellationToken);
        if (run.Trouble != CacheTrouble.None) Pause(run.Trouble);
        // The lease is renewed for as long as the service runs, and the file beside the database would grow with it.
        Quietly(() => cache.Entries.Cleanup(cancellationToken));
        Quietly(() => new CacheMaintenance(cache).Tidy(cancellationToken));
        cache.Database.EmptyJournal();
        Quietly(() => options.Ran(run with { NextRun = next }));
        return next;
    }

    /// <summary>Follows changes of files until a time.</summary>
    private async Task FollowUntilAsync(DateTimeOffset next, HomeWatcher watcher, CancellationToken cancellationToken)
    {
        for (var now = _time.GetUtcNow(); now < next; now = _time.GetUtcNow())
        {
            var isPolling = watcher.MustPoll;
            var most = next - now;
            if (!await WaitForChangeAsync(isPolling && most > Poll ? Poll : most, cancellationToken).ConfigureAwait(false) && !isPolling) continue;
            watcher.Follow();
            var run = await runner.RunAsync(BackgroundRefreshTrigger.FileChange, cancellationToken).ConfigureAwait(false);
            if (run.Trouble != CacheTrouble.None) Pause(run.Trouble);
            // A collection that cannot be read is tried every time, and was reported.
            if (run.Refreshed > 0 || (run.Failed > 0 && !isPolling)) Quietly(() => options.Ran(run with { NextRun = next }));
        }
    }

    private async Task<bool> WaitForChangeAsync(TimeSpan most, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var change = _changes.Reader.WaitToReadAsync(done.Token).AsTask();
        var delay = Task.Delay(most, _time, done.Token);
        await Task.WhenAny(change, delay).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return _changes.Reader.TryRead(out _);
    }

    private void Renewed(LeaseAnswer answer)
    {
        if (answer.IsHeld) Resume();
        else if (answer.Other is null) Pause(answer.Trouble);
    }

    private void Pause(CacheTrouble trouble)
    {
        var problem = $"The cache {CacheTroubles.Describe(trouble)}, so the background refresh pauses. Reading goes on.";
        board.Change(status => status with { State = BackgroundRefreshState.Paused, Problem = problem });
        if (_isPaused) return;
        _isPaused = true;
        Say(problem);
    }

    private void Resume()
    {
        if (!_isPaused) return;
        _isPaused = false;
        board.Change(status => status.State != BackgroundRefreshState.Paused ? status : status with { State = _failures > 0 ? BackgroundRefreshState.BackingOff : BackgroundRefreshState.Running, Problem = null });
        Say("The cache can be written again. The background refresh goes on.");
    }

    /// <summary>Changes the status, and keeps it in the database for other processes.</summary>
    private void Publish(Func<BackgroundRefreshStatus, BackgroundRefreshStatus> change, CancellationToken cancellationToken)
    {
        var status = board.Change(change);
        Quietly(() => cache.Database.TryRun(
            connection =>
            {
                lease.IfHeld(connection, () => StatusRow.Write(connection, status));
                return true;
            },
            out _,
            cancellationToken));
    }

    private void Say(string message) => Quietly(() => options.Report(VisibleText.Line(message)));

    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is SkillMeatException or IOException or UnauthorizedAccessException or ObjectDisposedException or AggregateException or InvalidOperationException or OperationCanceledException)
        {
            // Nobody is there who could be told: the service must go on.
        }
    }
}
