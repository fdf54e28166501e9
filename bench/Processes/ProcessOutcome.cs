namespace SkillMeat.Bench.Processes;

/// <summary>How a process went, from before its start until its end was noticed.</summary>
internal sealed record ProcessOutcome(int ExitCode, string Output, string Error, TimeSpan Elapsed)
{
    /// <summary>The most memory that it had in RAM at once, in bytes; null where the system doesn't tell.</summary>
    public long? PeakBytes { get; init; }
}
