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
    private readonly Dictionary<(HostRole Role, bool WithoutToken), HostClosure> _closed = [];
    private long _pausedSince;
    private TimeSpan _pause;
    private int _wave;
    private int _pausesInARow;

    public HostGate(TimeProvider time, UpstreamOptions options)
    {
        _time = time;
        _options = options;
    }

    /// <summary>Whether a request may go, must wait, or is refused: those of another role, or with a token where it has none, are none of its concern.</summary>
    public GateState Look(UpstreamHttpRequest request)
    {
        var way = (request.Role, request.WithoutToken);
        lock (_sync)
        {
            var wait = Left(_pausedSince, _pause);
            if (!_closed.TryGetValue(way, out var closure)) return new GateState(_wave, wait, null);
            var left = Left(closure.Since, closure.Limit.Wait);
            if (left == TimeSpan.Zero)
            {
                _closed.Remove(way);
                return new GateState(_wave, wait, null);
            }
            bool bearable = !closure.RefusesAtOnce && left <= _options.MaxRateLimitWait && _pausesInARow <= _options.MaxRateLimitWaits;
            return bearable ? new GateState(_wave, left > wait ? left : wait, null) : new GateState(_wave, wait, closure);
        }
    }

    /// <summary>Takes note of a limit.</summary>
    /// <param name="limited">The limit.</param>
    /// <param name="request">The request that met it.</param>
    /// <param name="wave">The wave it started in: those that were in flight together meet the same limit, which counts once.</param>
    /// <returns>Whether waiting makes sense; if not, the role is closed until the reset.</returns>
    public bool Limit(RateLimitedException limited, UpstreamHttpRequest request, int wave)
    {
        var limit = limited.Limit!;
        var way = (request.Role, request.WithoutToken);
        lock (_sync)
        {
            if (limit.IsOpenEnded && !limited.TokenSent && request.Role.IsGit())
            {
                _closed[way] = new HostClosure(_time.GetTimestamp(), limit, TokenSent: false, RefusesAtOnce: true);
                return false;
            }
            if (wave == _wave)
            {
                _wave++;
                _pausesInARow++;
            }
            if (limit.Wait > _options.MaxRateLimitWait || _pausesInARow > _options.MaxRateLimitWaits)
            {
                if (limit.Wait > TimeSpan.Zero) _closed[way] = new HostClosure(_time.GetTimestamp(), limit, limited.TokenSent, RefusesAtOnce: false);
                return false;
            }
            if (limit.Wait > Left(_pausedSince, _pause)) (_pausedSince, _pause) = (_time.GetTimestamp(), limit.Wait);
            return true;
        }
    }

    /// <summary>Takes note that git's objects are refused to those without a token, which showed only later.</summary>
    public void CloseToObjects(UpstreamHttpRequest request)
    {
        var limit = RateLimit.FromNow(_time.GetUtcNow());
        lock (_sync) _closed[(HostRole.GitObjects, request.WithoutToken)] = new HostClosure(_time.GetTimestamp(), limit, TokenSent: false, RefusesAtOnce: true);
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
