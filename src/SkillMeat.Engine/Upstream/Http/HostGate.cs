namespace SkillMeat.Upstream.Http;

/// <summary>
/// What a host's rate limits mean for everybody who wants to ask it: a short wait holds all of them back, one that is too long
/// refuses those of the same role without asking again.
/// </summary>
/// <remarks>Safe for use from many threads. Deadlines are monotonic, so a change of the wall clock moves none.</remarks>
internal sealed class HostGate
{
    private readonly object _sync = new();
    private readonly TimeProvider _time;
    private readonly UpstreamOptions _options;
    private readonly Dictionary<HostRole, HostClosure> _closed = [];
    private long _pausedSince;
    private TimeSpan _pause;
    private int _wave;
    private int _pausesInARow;

    public HostGate(TimeProvider time, UpstreamOptions options)
    {
        _time = time;
        _options = options;
    }

    /// <summary>Whether a request of this role may go, must wait, or is refused.</summary>
    public GateState Look(HostRole role)
    {
        lock (_sync)
        {
            var wait = Left(_pausedSince, _pause);
            if (!_closed.TryGetValue(role, out var closure)) return new GateState(_wave, wait, null);
            var left = Left(closure.Since, closure.Limit.Wait);
            if (left == TimeSpan.Zero)
            {
                _closed.Remove(role);
                return new GateState(_wave, wait, null);
            }
            bool bearable = left <= _options.MaxRateLimitWait && _pausesInARow <= _options.MaxRateLimitWaits;
            return bearable ? new GateState(_wave, left > wait ? left : wait, null) : new GateState(_wave, wait, closure);
        }
    }

    /// <summary>Takes note of a limit.</summary>
    /// <param name="limited">The limit.</param>
    /// <param name="role">The role of the request that met it.</param>
    /// <param name="wave">The wave it started in: those that were in flight together meet the same limit, which counts once.</param>
    /// <returns>Whether waiting makes sense; if not, the role is closed until the reset.</returns>
    public bool Limit(RateLimitedException limited, HostRole role, int wave)
    {
        var limit = limited.Limit!;
        lock (_sync)
        {
            if (wave == _wave)
            {
                _wave++;
                _pausesInARow++;
            }
            if (limit.Wait > _options.MaxRateLimitWait || _pausesInARow > _options.MaxRateLimitWaits)
            {
                if (limit.Wait > TimeSpan.Zero) _closed[role] = new HostClosure(_time.GetTimestamp(), limit, limited.TokenSent);
                return false;
            }
            if (limit.Wait > Left(_pausedSince, _pause)) (_pausedSince, _pause) = (_time.GetTimestamp(), limit.Wait);
            return true;
        }
    }

    /// <summary>An answer came that was no limit: the pauses before it were not in vain.</summary>
    public void Pass(int wave)
    {
        lock (_sync)
            if (wave == _wave) _pausesInARow = 0;
    }

    private TimeSpan Left(long since, TimeSpan wait)
    {
        var left = wait - _time.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
