using System.Diagnostics;
using System.Text.Json;

namespace SkillMeat.Bench.Processes;

/// <summary>A GitHub on 127.0.0.1 in a process of its own, so that only the client is measured.</summary>
internal sealed class GitHubServer : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _log = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Dictionary<string, string> _said;

    private GitHubServer(Process process, Dictionary<string, string> said)
    {
        _process = process;
        _said = said;
    }

    public string Url => _said["server_url"];

    /// <summary>Returns the environment variables that make a process use this server.</summary>
    /// <param name="withToken">Whether to include the token.</param>
    public IReadOnlyDictionary<string, string?> Environment(bool withToken) => new Dictionary<string, string?>
    {
        ["GITHUB_SERVER_URL"] = Url,
        ["GITHUB_API_URL"] = _said["api_url"],
        ["GITHUB_GRAPHQL_URL"] = _said["graphql_url"],
        ["GITHUB_TOKEN"] = withToken ? _said["token"] : null,
        ["SKILLMEAT_GITHUB_TOKEN"] = null,
        ["GH_TOKEN"] = null,
        ["NO_PROXY"] = "127.0.0.1",
    };

    /// <exception cref="InvalidOperationException">The server ended before it was ready.</exception>
    public static async Task<GitHubServer> StartAsync(string program, string repositories, int delayMilliseconds, CancellationToken cancellationToken)
    {
        // Limits that many runs in an hour do not reach; tests cover the behaviour at a limit.
        string[] arguments = ["serve", repositories, "--delay-ms", $"{delayMilliseconds}", "--token-limit", "1000000", "--anonymous-limit", "1000000"];
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        try
        {
            return new GitHubServer(process, await ReadAddressesAsync(process, cancellationToken));
        }
        catch
        {
            Stop(process);
            throw;
        }
    }

    public async Task ForgetRequestsAsync(CancellationToken cancellationToken) =>
        (await _log.PostAsync(new Uri(Url + "/_log/reset"), null, cancellationToken)).EnsureSuccessStatusCode().Dispose();

    public async Task<int> CountRequestsAsync(CancellationToken cancellationToken)
    {
        using var answer = (await _log.PostAsync(new Uri(Url + "/_log"), null, cancellationToken)).EnsureSuccessStatusCode();
        using var log = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        return log.RootElement.GetProperty("total").GetInt32();
    }

    public void Dispose()
    {
        _log.Dispose();
        Stop(_process);
    }

    private static async Task<Dictionary<string, string>> ReadAddressesAsync(Process process, CancellationToken cancellationToken)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == "ready")
            {
                return said;
            }

            var parts = line.Split('=', 2);
            said[parts[0]] = parts[^1];
        }

        throw new InvalidOperationException("The server ended before it was ready.");
    }

    private static void Stop(Process process)
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
