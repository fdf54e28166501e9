namespace SkillMeat.Upstream.Http;

/// <summary>
/// Cancels an attempt when the server is silent for too long. It runs only while waiting for bytes, not while a reader processes them.
/// </summary>
internal sealed class StallTimer : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;

    public StallTimer(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        _patience = patience;
        _timer = new CancellationTokenSource(patience, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _timer.Token);
    }

    /// <summary>The token that is cancelled by silence or by the user.</summary>
    public CancellationToken Token => _linked.Token;

    /// <summary>Whether the server was silent for too long.</summary>
    public bool Expired => _timer.IsCancellationRequested;

    /// <summary>The longest allowed silence, for messages.</summary>
    public string Patience => $"{_patience.TotalSeconds:0.###} s";

    /// <summary>Starts the timer before a wait for bytes.</summary>
    public void Start() => _timer.CancelAfter(_patience);

    /// <summary>Stops the timer after bytes have arrived.</summary>
    public void Stop() => _timer.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }
}
