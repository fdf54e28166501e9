namespace SkillMeat.Tests.Server;

/// <summary>The system's clock, moved.</summary>
internal sealed class MovedTime : TimeProvider
{
    public TimeSpan Moved { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Moved;

    public override long GetTimestamp() => base.GetTimestamp() + (long)(Moved.TotalSeconds * TimestampFrequency);
}
