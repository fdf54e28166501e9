using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace SkillMeat.Tests.Browser.Support;

/// <summary><c>skm serve</c> as a user starts it: a process of its own.</summary>
internal sealed class SkmService : IAsyncDisposable
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly StringBuilder _log;

    private SkmService(Process process, StringBuilder log, Uri url, string token)
    {
        _process = process;
        _log = log;
        Url = url;
        Token = token;
    }

    public Uri Url { get; }

    public string Token { get; }

    /// <summary>The text that it wrote to standard error.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <exception cref="InvalidOperationException">It does not start.</exception>
    public static async Task<SkmService> StartAsync(string home, IReadOnlyDictionary<string, string> environment, int port, CancellationToken cancellationToken)
    {
        var process = SkmProgram.Start(environment, "serve", "--home", home, "--port", $"{port}", "--no-open", "--format", "json", "--log-format", "json");
        var log = new StringBuilder();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (log) log.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
        if (await process.StandardOutput.ReadLineAsync(cancellationToken) is not { } ready)
        {
            process.Dispose();
            throw new InvalidOperationException($"skm serve ended at once: {log}");
        }

        using var document = JsonDocument.Parse(ready);
        return new SkmService(process, log, new Uri(document.RootElement.GetProperty("url").GetString()!), document.RootElement.GetProperty("token").GetString()!);
    }

    /// <summary>Kills it, as a crash or the system does.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.Kill();
            using var stopping = new CancellationTokenSource(LongestStop);
            await _process.WaitForExitAsync(stopping.Token);
        }
        catch (InvalidOperationException)
        {
            // It ended already.
        }

        _process.Dispose();
    }
}
