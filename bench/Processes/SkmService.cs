using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace SkillMeat.Bench.Processes;

/// <summary><c>skm serve</c> as a process of its own.</summary>
internal sealed class SkmService : IDisposable
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private SkmService(Process process, Uri url, string token, double startMilliseconds)
    {
        _process = process;
        Url = url;
        Token = token;
        StartMilliseconds = startMilliseconds;
    }

    public Uri Url { get; }

    /// <summary>The time from the start of the process until it answers.</summary>
    public double StartMilliseconds { get; }

    /// <summary>The memory that the process has now, in bytes.</summary>
    public long ReadMemory()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    /// <summary>The processor time that the process has used.</summary>
    public TimeSpan ReadProcessorTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    private string Token { get; }

    /// <exception cref="InvalidOperationException">It does not start.</exception>
    public static async Task<SkmService> StartAsync(string program, string home, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(program, ["serve", "--home", home, "--port", "0", "--no-open", "--format", "json"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        if (await process.StandardOutput.ReadLineAsync(cancellationToken) is not { } line)
        {
            process.Dispose();
            throw new InvalidOperationException($"{program} serve ended at once.");
        }

        var ready = JsonDocument.Parse(line).RootElement;
        return new SkmService(process, new Uri(ready.GetProperty("url").GetString()!), ready.GetProperty("token").GetString()!, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
    }

    /// <summary>Creates a client that has the token.</summary>
    public HttpClient CreateClient()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = new Uri(Url, "api/v1/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return client;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _process.Kill();
            _process.WaitForExit(LongestStop);
        }
        catch (InvalidOperationException)
        {
            // It ended already.
        }

        _process.Dispose();
    }
}
