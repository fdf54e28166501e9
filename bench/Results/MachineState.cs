using System.Globalization;

namespace SkillMeat.Bench.Results;

/// <summary>The state of the machine, which a reader needs to judge a number.</summary>
internal static class MachineState
{
    /// <summary>Returns runtime, processors and time in one line.</summary>
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture, $".NET {Environment.Version}, {Environment.ProcessorCount} processors, {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC");

    /// <summary>Returns the load average of the last minute, including this process; null if the system does not report it.</summary>
    public static string? Load() => OperatingSystem.IsLinux() ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : null;
}
