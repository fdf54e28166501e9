using System.Diagnostics;
using System.Globalization;

namespace SkillMeat.Bench.Processes;

/// <summary>Starts a program in an environment of its own and waits for it.</summary>
internal sealed class ProgramRunner(string program, IReadOnlyDictionary<string, string?> environment)
{
    private const string HighWaterMark = "VmHWM:";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(1);

    /// <summary>Whether the system reports the peak memory and the processor time of a running process.</summary>
    public static bool CanWatch => OperatingSystem.IsLinux();

    /// <summary>Runs a program to its end, and reads its output meanwhile, as a calling script does.</summary>
    public async Task<ProcessOutcome> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, bool watch = false)
    {
        using var process = new Process { StartInfo = StartInfo(arguments) };
        var started = Stopwatch.GetTimestamp();
        process.Start();
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            // Not during a timed run, because the polling costs time on a machine with few cores.
            var watched = watch ? WatchAsync(process, cancellationToken) : Task.FromResult<(long?, TimeSpan?)>((null, null));
            await process.WaitForExitAsync(cancellationToken);
            var elapsed = Stopwatch.GetElapsedTime(started);
            var (peak, processorTime) = await watched;
            return new ProcessOutcome(process.ExitCode, await output, await error, elapsed) { PeakBytes = peak, ProcessorTime = processorTime };
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private ProcessStartInfo StartInfo(IReadOnlyList<string> arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    /// <summary>Reads peak memory and processor time. The kernel keeps both itself, so only their growth in the last millisecond can be missed.</summary>
    private static async Task<(long? Peak, TimeSpan? ProcessorTime)> WatchAsync(Process process, CancellationToken cancellationToken)
    {
        var folder = $"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}";
        (long? Peak, TimeSpan? ProcessorTime) highest = default;
        while (!process.HasExited && ReadPeak($"{folder}/status") is { } peak)
        {
            highest = (Math.Max(highest.Peak ?? 0, peak), ReadProcessorTime($"{folder}/stat") ?? highest.ProcessorTime);
            await Task.Delay(PollInterval, cancellationToken);
        }

        return highest;
    }

    /// <summary>Returns null after the process has ended.</summary>
    private static TimeSpan? ReadProcessorTime(string stat)
    {
        // See proc_pid_stat(5): fields 14 and 15, in ticks of which there are 100 a second. The name in parentheses may contain spaces.
        const int UserField = 14 - 3;
        try
        {
            var text = File.ReadAllText(stat);
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[UserField], CultureInfo.InvariantCulture) + long.Parse(fields[UserField + 1], CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Returns null after the process has ended, or if it is a zombie and has no memory any more.</summary>
    private static long? ReadPeak(string status)
    {
        try
        {
            var line = File.ReadLines(status).FirstOrDefault(l => l.StartsWith(HighWaterMark, StringComparison.Ordinal));
            return line is null ? null : long.Parse(line[HighWaterMark.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
