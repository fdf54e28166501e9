using System.Collections.Concurrent;
using System.Diagnostics;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary>A program that runs until it gets a signal.</summary>
internal sealed class SkmService : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _reading;

    private SkmService(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, Output), ReadAsync(process.StandardError, Error));
    }

    public ConcurrentQueue<string> Output { get; } = [];

    public ConcurrentQueue<string> Error { get; } = [];

    public int ProcessId => _process.Id;

    /// <summary>Starts <c>skm</c>.</summary>
    public static SkmService Start(IReadOnlyDictionary<string, string?>? environment, params string[] arguments) => Start(SkmProcess.Command[0], [.. SkmProcess.Command.Skip(1), .. arguments], environment);

    /// <summary>Starts any program, with variables in addition to those of the tests.</summary>
    public static SkmService Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in new[] { "SKILLMEAT_HOME", "SKILLMEAT_CACHE", "SKILLMEAT_REFRESH_INTERVAL", "NOTIFY_SOCKET", "WATCHDOG_USEC" }) start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        return new SkmService(Process.Start(start)!);
    }

    public Task UntilOutputAsync(string text) => UntilAsync(Output, text);

    public Task UntilErrorAsync(string text) => UntilAsync(Error, text);

    /// <summary>Sends a signal.</summary>
    public async Task SignalAsync(string signal) => (await SkmProcess.StartAsync("kill", ["-s", signal, $"{_process.Id}"], TestContext.Current.CancellationToken)).Succeeds();

    /// <summary>Sends a signal and waits for the end.</summary>
    /// <returns>The exit code, and the time that it took.</returns>
    public async Task<(int ExitCode, TimeSpan Duration)> StopAsync(string signal = "TERM")
    {
        var watch = Stopwatch.StartNew();
        await SignalAsync(signal);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var duration = watch.Elapsed;
        return (await EndAsync(), duration);
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        await _reading;
        _process.Dispose();
    }

    private async Task UntilAsync(ConcurrentQueue<string> lines, string text)
    {
        for (var left = 6_000; !lines.Any(line => line.Contains(text, StringComparison.Ordinal)); left--)
        {
            Assert.True(left > 0 && !_process.HasExited, $"'{text}' was not written, but: {string.Join('\n', Output.Concat(Error))}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private static async Task ReadAsync(StreamReader reader, ConcurrentQueue<string> lines)
    {
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line) lines.Enqueue(line);
    }
}
