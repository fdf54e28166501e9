namespace SkillMeat.Bench.Processes;

/// <summary>The outcome of a process, measured from before its start until its end was noticed.</summary>
internal sealed record ProcessOutcome(int ExitCode, string Output, string Error, TimeSpan Elapsed)
{
    /// <summary>The peak of its memory in RAM, in bytes; null if the system does not report it.</summary>
    public long? PeakBytes { get; init; }

    /// <summary>The processor time of all its threads, in steps of the system's clock; null if the system does not report it.</summary>
    public TimeSpan? ProcessorTime { get; init; }
}
