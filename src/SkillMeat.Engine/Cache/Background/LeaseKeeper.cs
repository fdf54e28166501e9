namespace SkillMeat.Cache.Background;

/// <summary>Renews a lease until disposed.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly RefreshLease _lease;
    private readonly TimeProvider _time;
    private readonly Action<LeaseAnswer> _renewed;
    private readonly Action _lost;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _end = new();
    private DateTimeOffset _held;
    private int _isRenewing;

    /// <param name="lease">The lease, which was just taken.</param>
    /// <param name="time">The clock.</param>
    /// <param name="renewed">Called after each attempt, from any thread, but never concurrently.</param>
    /// <param name="lost">Called when another service may have the lease.</param>
    public LeaseKeeper(RefreshLease lease, TimeProvider time, Action<LeaseAnswer> renewed, Action lost)
    {
        _lease = lease;
        _time = time;
        _renewed = renewed;
        _lost = lost;
        _held = time.GetUtcNow();
        _timer = time.CreateTimer(_ => Renew(), state: null, RefreshLease.Renewal, RefreshLease.Renewal);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        _end.Dispose();
    }

    private void Renew()
    {
        // The one before it still waits for the database.
        if (Interlocked.Exchange(ref _isRenewing, 1) == 1) return;
        try
        {
            var now = _time.GetUtcNow();
            var answer = _lease.Take(_end.Token);
            if (answer.IsHeld) _held = now;
            _renewed(answer);
            if (answer.Other is not null || now - _held >= RefreshLease.Duration) _lost();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && _end.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // An exception of a timer ends the process. Without SQLite, for example, there is no lease.
            _lost();
        }
        finally
        {
            Volatile.Write(ref _isRenewing, 0);
        }
    }
}
