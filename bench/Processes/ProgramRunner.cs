using System.Diagnostics;
using System.Globalization;

namespace SkillMeat.Bench.Processes;

/// <summary>Starts a program in an environment of its own and waits for it.</summary>
internal sealed class ProgramRunner(string program, IReadOnlyDictionary<string, string?> environment)
{
    private const string HighWaterMark = "VmHWM:";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(1);

    /// <summary>Whether the system reports the peak memory of a running process.</summary>
    public static bool CanTellPeak => OperatingSystem.IsLinux();

    /// <summary>Runs a program to its end, and reads its output meanwhile, as a calling script does.</summary>
    public async Task<ProcessOutcome> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, bool watchPeak = false)
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
            var peak = watchPeak ? WatchPeakAsync(process, cancellationToken) : Task.FromResult<long?>(null);
            await process.WaitForExitAsync(cancellationToken);
            var elapsed = Stopwatch.GetElapsedTime(started);
            return new ProcessOutcome(process.ExitCode, await output, await error, elapsed) { PeakBytes = await peak };
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

    /// <summary>Reads the peak memory. The kernel keeps the highest value itself, so only growth in the last millisecond can be missed.</summary>
    private static async Task<long?> WatchPeakAsync(Process process, CancellationToken cancellationToken)
    {
        var status = $"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/status";
        long? peak = null;
        while (!process.HasExited && ReadPeak(status) is { } now)
        {
            peak = Math.Max(peak ?? 0, now);
            await Task.Delay(PollInterval, cancellationToken);
        }

        return peak;
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
