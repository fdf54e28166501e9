namespace SkillMeat.Tests.CrashHost;

/// <summary>A clock that stands still, so that every run of an operation writes the same bytes. It stands before the files of any test were written, so no scan takes them for settled.</summary>
internal sealed class FixedTime : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
}
