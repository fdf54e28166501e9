using System.Globalization;

namespace SkillMeat.Bench.Results;

/// <summary>What a reader must know of the machine to judge a number.</summary>
internal static class MachineState
{
    /// <summary>Runtime, processors and time, in a line.</summary>
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture, $".NET {Environment.Version}, {Environment.ProcessorCount} processors, {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC");

    /// <summary>How many threads wanted a processor in the last minute, ours among them; null where the system doesn't tell.</summary>
    public static string? Load() => OperatingSystem.IsLinux() ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : null;
}
