namespace SkillMeat.Tests.Support;

/// <summary>A clock that moves only when a test says so, timers included.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly object _sync = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(Func<TimeSpan, bool> Fits, TaskCompletionSource<TimeSpan> Found)> _waiters = [];
    private DateTimeOffset _now;

    public ManualTimeProvider(DateTimeOffset? start = null)
    {
        _now = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_sync) return _now;
    }

    public override long GetTimestamp()
    {
        lock (_sync) return _now.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state), period);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes when a timer with a matching due time runs; immediately if there is one already.</summary>
    public Task<TimeSpan> TimerAsync(Func<TimeSpan, bool> fits)
    {
        lock (_sync)
        {
            foreach (var timer in _timers)
            {
                if (timer.Due is { } due && fits(due - _now)) return Task.FromResult(due - _now);
            }
            var found = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((fits, found));
            return found.Task;
        }
    }

    /// <summary>Moves the clock and fires the due timers, in order.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset end;
        lock (_sync) end = _now + by;
        while (true)
        {
            ManualTimer? next;
            lock (_sync)
            {
                next = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
                _now = next?.Due is { } due && due > _now ? due : next is null ? end : _now;
                next?.Rearm(_now);
            }
            if (next is null) return;
            next.Fire();
        }
    }

    private sealed class ManualTimer : ITimer
    {
        private readonly ManualTimeProvider _owner;
        private readonly Action _fire;
        private TimeSpan _period;

        public ManualTimer(ManualTimeProvider owner, Action fire, TimeSpan period)
        {
            _owner = owner;
            _fire = fire;
            _period = period;
        }

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var reached = new List<TaskCompletionSource<TimeSpan>>();
            lock (_owner._sync)
            {
                _period = period;
                _owner._timers.Remove(this);
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : _owner._now + dueTime;
                if (Due is not null)
                {
                    _owner._timers.Add(this);
                    reached.AddRange(_owner._waiters.Where(w => w.Fits(dueTime)).Select(w => w.Found));
                    _owner._waiters.RemoveAll(w => w.Fits(dueTime));
                }
            }
            foreach (var waiter in reached) waiter.TrySetResult(dueTime);
            return true;
        }

        public void Rearm(DateTimeOffset now)
        {
            if (_period > TimeSpan.Zero)
            {
                Due = now + _period;
                return;
            }
            Due = null;
            _owner._timers.Remove(this);
        }

        public void Fire() => _fire();

        public void Dispose()
        {
            lock (_owner._sync)
            {
                Due = null;
                _owner._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
