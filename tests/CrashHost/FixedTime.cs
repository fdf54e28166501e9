namespace SkillMeat.Tests.CrashHost;

/// <summary>A clock that says the same in every process, so that what they write can be compared. Timers run.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
