using System.Globalization;

namespace SkillMeat.Upstream.Http;

/// <summary>Ends one attempt when its server stays silent for too long. It runs only while we wait for bytes, not while a reader works on them.</summary>
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

    /// <summary>Cancelled by silence or by the user.</summary>
    public CancellationToken Token => _linked.Token;

    /// <summary>Whether the server was silent for too long.</summary>
    public bool Expired => _timer.IsCancellationRequested;

    /// <summary>The silence that is allowed, for messages.</summary>
    public string Patience => string.Create(CultureInfo.InvariantCulture, $"{_patience.TotalSeconds:0.###} s");

    /// <summary>A wait for bytes begins.</summary>
    public void Start() => _timer.CancelAfter(_patience);

    /// <summary>Bytes came.</summary>
    public void Stop() => _timer.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }
}
