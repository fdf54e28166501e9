using System.Globalization;

namespace SkillMeat.Upstream.Http;

/// <summary>
/// Cancels an attempt when the server is silent for too long, or the call has waited for too long. It runs only while waiting for bytes, not while a
/// reader processes them.
/// </summary>
internal sealed class StallTimer : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly WaitBudget _budget;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;
    private TimeSpan _limit;
    private long? _started;

    public StallTimer(TimeSpan patience, WaitBudget budget, TimeProvider time, CancellationToken cancellationToken)
    {
        _patience = patience;
        _budget = budget;
        _time = time;
        _limit = Limit();
        _timer = new CancellationTokenSource(_limit, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _timer.Token);
    }

    /// <summary>The token that is cancelled by silence or by the user.</summary>
    public CancellationToken Token => _linked.Token;

    /// <summary>Whether the server was silent for too long.</summary>
    public bool Expired => _timer.IsCancellationRequested;

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

    private TimeSpan Limit() => _budget.Left < _patience ? _budget.Left : _patience;
}
