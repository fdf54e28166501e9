namespace SkillMeat.Upstream.Http;

/// <summary>
/// The time that a call may spend waiting for a server that makes no progress: silence, an answer that trickles, and the delays between attempts. The
/// waits for rate limits and for other requests do not count.
/// </summary>
/// <param name="total">The time without progress after which the call fails.</param>
/// <param name="progressed">Called when the server has made progress.</param>
/// <remarks>Used by one attempt at a time.</remarks>
internal sealed class WaitBudget(TimeSpan total, Action progressed)
{
    /// <summary>The rate below which an answer counts as stalled.</summary>
    private const double LeastBytesPerSecond = 1024;

    private readonly long _leastProgress = Math.Max(1, (long)(total.TotalSeconds * LeastBytesPerSecond));
    private TimeSpan _spent;
    private long _read;
    private long _counted;
    private long _again;
    private TimeSpan _atMark;

    /// <summary>The whole time, for messages.</summary>
    public TimeSpan Total => total;

    /// <summary>The time that is left.</summary>
    public TimeSpan Left => _spent < total ? total - _spent : TimeSpan.Zero;

    /// <summary>Whether no time is left.</summary>
    public bool IsSpent => _spent >= total;

    /// <summary>Begins another attempt, whose bytes are progress only where an earlier one did not get. Until then, their time does not count as a wait, if they keep coming.</summary>
    public void Restart() => (_read, _again, _atMark) = (0, 0, _spent);

    /// <summary>Records a wait.</summary>
    public void Spend(TimeSpan wait) => _spent += wait;

    /// <summary>Records that bytes have arrived.</summary>
    public void Receive(int bytes)
    {
        _read += bytes;
        if (_read <= _counted)
        {
            if (_read - _again < _leastProgress) return;
            (_again, _spent) = (_read, _atMark);
            return;
        }

        if (_read - _counted < _leastProgress) return;
        _counted = _read;
        _spent = TimeSpan.Zero;
        progressed();
    }
}
