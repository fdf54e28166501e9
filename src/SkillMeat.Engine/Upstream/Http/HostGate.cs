namespace SkillMeat.Upstream.Http;

/// <summary>
/// Applies the rate limits of a host to all its requests. A short wait delays all of them; a wait that is too long makes those with the same role
/// fail without being sent.
/// </summary>
/// <remarks>Thread-safe. Deadlines are monotonic, so changes of the wall clock do not affect them.</remarks>
internal sealed class HostGate
{
    private readonly object _sync = new();
    private readonly TimeProvider _time;
    private readonly UpstreamOptions _options;
    private readonly Dictionary<(HostRole Role, bool WithoutToken), HostClosure> _closed = [];
    private long _pausedSince;
    private TimeSpan _pause;
    private long _progressCount;
    private long? _silentSince;
    private int _wave;
    private int _pausesInARow;

    public HostGate(TimeProvider time, UpstreamOptions options)
    {
        _time = time;
        _options = options;
    }

    /// <summary>The number of times that the host has answered or made progress with an answer.</summary>
    public long ProgressCount => Interlocked.Read(ref _progressCount);

    /// <summary>Whether the host let a request time out and has made no progress since. It is asked again after as long a time.</summary>
    public bool IsSilent
    {
        get
        {
            lock (_sync) return _silentSince is { } since && Left(since, _options.Timeout) > TimeSpan.Zero;
        }
    }

    /// <summary>
    /// Returns whether a request may be sent, must wait or fails. A limit that was met with another role, or with another use of the token, does not
    /// count.
    /// </summary>
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

    /// <summary>Records a rate limit.</summary>
    /// <param name="limited">The rate limit.</param>
    /// <param name="request">The request that was limited.</param>
    /// <param name="wave">The wave in which the request started. Concurrent requests meet the same limit, which counts only once.</param>
    /// <returns>Whether to wait and retry; if not, requests with this role fail until the limit is reset.</returns>
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

    /// <summary>Records that the host refuses anonymous requests for objects, which only shows once refs have been read.</summary>
    public void CloseToObjects(UpstreamHttpRequest request)
    {
        var limit = RateLimit.FromNow(_time.GetUtcNow());
        lock (_sync) _closed[(HostRole.GitObjects, request.WithoutToken)] = new HostClosure(_time.GetTimestamp(), limit, TokenSent: false, RefusesAtOnce: true);
    }

    /// <summary>Records an answer, or progress with one.</summary>
    public void Progress()
    {
        Interlocked.Increment(ref _progressCount);
        lock (_sync) _silentSince = null;
    }

    /// <summary>Records that a request timed out while the host made no progress with any other.</summary>
    public void Silence()
    {
        lock (_sync) _silentSince = _time.GetTimestamp();
    }

    /// <summary>Records an answer that was not a rate limit, which ends the series of pauses.</summary>
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
