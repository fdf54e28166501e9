namespace SkillMeat.Cache.Background.Watching;

/// <summary>Makes one call of many signals: once they have been quiet for a moment, or have gone on for too long to wait.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Debounce : IDisposable
{
    /// <summary>The time without a signal after which the call is made.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    /// <summary>The longest time from the first signal to the call.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly Action _call;
    private readonly ITimer _timer;
    private long? _first;
    private long _last;

    /// <param name="time">The clock.</param>
    /// <param name="call">The call, which must not throw.</param>
    public Debounce(TimeProvider time, Action call)
    {
        _time = time;
        _call = call;
        _timer = time.CreateTimer(_ => Look(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Signal()
    {
        lock (_gate)
        {
            _last = _time.GetTimestamp();
            if (_first is not null) return;
            _first = _last;
            Arm(Quiet);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_gate)
        {
            if (_first is not { } first) return;
            var quiet = Quiet - _time.GetElapsedTime(_last);
            var most = Most - _time.GetElapsedTime(first);
            if (quiet > TimeSpan.Zero && most > TimeSpan.Zero)
            {
                Arm(quiet < most ? quiet : most);
                return;
            }

            _first = null;
        }

        _call();
    }

    // Timers count whole milliseconds.
    private void Arm(TimeSpan due)
    {
        try
        {
            _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(due.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // A last event after the end.
        }
    }
}
