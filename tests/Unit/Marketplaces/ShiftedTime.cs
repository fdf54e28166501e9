namespace SkillMeat.Tests.Marketplaces;

/// <summary>The system's clock, which a test moves forward. Timers run as usual, so that requests can be repeated.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private TimeSpan _by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _by;

    public void Advance(TimeSpan by) => _by += by;
}
