namespace SkillMeat.Tests.CrashHost;

/// <summary>A clock that stands still, so that every run of an operation writes the same bytes. Its time is before the times of all test files, so no scan takes the files for settled.</summary>
internal sealed class FixedTime : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
}
