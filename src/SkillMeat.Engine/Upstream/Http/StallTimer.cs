using System.Globalization;

namespace SkillMeat.Upstream.Http;

/// <summary>
/// Cancels an attempt when the server is silent for too long, or the call has waited for too long. It runs only while waiting for bytes, not while a
/// reader processes them.
/// </summary>
internal sealed class StallTimer : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly TimeSpan _total;
    private readonly long _began;
    private readonly WaitBudget _budget;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;
    private TimeSpan _limit;
    private long? _started;

    public StallTimer(TimeSpan patience, TimeSpan total, WaitBudget budget, TimeProvider time, CancellationToken cancellationToken)
    {
        _patience = patience;
        _total = total;
        _budget = budget;
        _time = time;
        _began = time.GetTimestamp();
        _limit = Limit();
        _timer = new CancellationTokenSource(_limit, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _timer.Token);
    }

    /// <summary>The token that is cancelled by silence or by the user.</summary>
    public CancellationToken Token => _linked.Token;

    /// <summary>Whether the server was silent for too long.</summary>
    public bool Expired => _timer.IsCancellationRequested;

    /// <summary>Whether the whole time of the attempt is used up, even if the server is not silent.</summary>
    public bool IsOverdue => Remaining <= TimeSpan.Zero;

    /// <summary>The longest allowed silence, for messages.</summary>
    public string Patience => string.Create(CultureInfo.InvariantCulture, $"{(_limit < _patience ? Math.Round(_limit.TotalSeconds, 1) : _limit.TotalSeconds):0.###} s");

    /// <summary>Starts the timer before a wait for bytes.</summary>
    public void Start()
    {
        _limit = Limit();
        _started = _time.GetTimestamp();
        _timer.CancelAfter(_limit);
    }

    /// <summary>Stops the timer after bytes have arrived.</summary>
    public void Stop()
    {
        if (_started is { } started) _budget.Spend(_time.GetElapsedTime(started));
        _started = null;
        _timer.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Records that bytes have arrived.</summary>
    public void Receive(int bytes) => _budget.Receive(bytes);

    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }

    /// <summary>The error for an attempt whose whole time is used up. Another one would take as long.</summary>
    public TransientUpstreamException Overdue(Exception? cause) =>
        new(string.Create(CultureInfo.InvariantCulture, $"the answer was not complete after {_total.TotalSeconds:0.###} s, the limit for a request ('request-seconds' under [limits] in config.toml)"), cause) { IsFinal = true };

    private TimeSpan Remaining => _total - _time.GetElapsedTime(_began);

    private TimeSpan Limit()
    {
        var silence = _budget.Left < _patience ? _budget.Left : _patience;
        var remaining = Remaining > TimeSpan.Zero ? Remaining : TimeSpan.Zero;
        // Timers drop fractions of a millisecond, and would fire before the time is over.
        return silence < remaining ? silence : TimeSpan.FromMilliseconds(Math.Ceiling(remaining.TotalMilliseconds));
    }
}
