namespace SkillMeat.Bench.Trace;

/// <summary>A clock that stands at the time of an operation, and goes on from there as long as the operation takes.</summary>
internal sealed class TraceClock(DateTimeOffset midnight) : TimeProvider
{
    private long _begun = System.GetTimestamp();
    private TimeSpan _time;

    public override DateTimeOffset GetUtcNow() => midnight + _time + System.GetElapsedTime(_begun);

    public void Set(TimeSpan time) => (_time, _begun) = (time, System.GetTimestamp());
}
