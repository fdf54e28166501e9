using System.Diagnostics;
using System.Globalization;
using System.Text;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Upstream.Contents;

/// <summary>
/// Runs git on a dedicated repository: without prompts, without hooks, and with allowed protocols only. The user's configuration for connections
/// (credential helpers, proxies, certificates) applies.
/// </summary>
/// <param name="file">The path of the git program.</param>
/// <param name="repository">The folder of the bare repository.</param>
/// <param name="protocols">The allowed protocols, separated by colons.</param>
/// <param name="patience">The longest silence of a server.</param>
/// <param name="time">The clock.</param>
/// <param name="asked">The protocol version that git uses as a server; null for none.</param>
internal sealed class GitProgram(string file, string repository, string protocols, TimeSpan patience, TimeProvider time, string? asked = null)
{
    private const int MaxErrorCharacters = 8 * 1024;
    private const int MaxShownCharacters = 300;

    // The counters of --progress, which would hide an error behind them.
    private static readonly string[] ProgressWords = [" objects: ", " deltas: ", "remote: Total "];

    // Other variables with this prefix could select a different repository or redirect output.
    private static readonly string[] KeptVariables = ["GIT_CONFIG_", "GIT_SSL_", "GIT_SSH", "GIT_HTTP_", "GIT_PROXY_SSL_", "GIT_EXEC_PATH"];

    private static readonly string[] _tokens = [.. TokenChain.Variables, "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"];

    /// <summary>Runs git and reads its output while it runs.</summary>
    /// <param name="arguments">The arguments. They must not contain secrets, because other users can see them.</param>
    /// <param name="read">Reads the output, on a separate thread.</param>
    /// <param name="cancellationToken">Kills git and its child processes.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">git cannot be started.</exception>
    public Task<GitRun<T>> RunAsync<T>(IReadOnlyList<string> arguments, Func<Stream, T> read, CancellationToken cancellationToken) =>
        RunAsync(arguments, ReadOnlyMemory<byte>.Empty, read, cancellationToken);

    /// <summary>Runs git, writes to its standard input, and reads its output while it runs.</summary>
    /// <param name="arguments">The arguments. They must not contain secrets, because other users can see them.</param>
    /// <param name="input">The bytes for standard input.</param>
    /// <param name="read">Reads the output, on a separate thread.</param>
    /// <param name="cancellationToken">Kills git and its child processes.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">git cannot be started.</exception>
    public Task<GitRun<T>> RunAsync<T>(IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, Func<Stream, T> read, CancellationToken cancellationToken) =>
        RunAsync(arguments, input, read, heard: () => { }, cancellationToken);

    /// <summary>Runs git and kills it if it reports no progress for too long. ssh and git's own protocol have no limit for a server that never answers.</summary>
    /// <param name="arguments">The arguments, with <c>--progress</c> where git has progress to report.</param>
    /// <param name="read">Reads the output, on a separate thread.</param>
    /// <param name="cancellationToken">Kills git and its child processes.</param>
    /// <exception cref="TimeoutException">git was killed.</exception>
    public async Task<GitRun<T>> RunWatchedAsync<T>(IReadOnlyList<string> arguments, Func<Stream, T> read, CancellationToken cancellationToken)
    {
        var longest = 2 * patience;
        using var timer = new CancellationTokenSource(longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            return await RunAsync(arguments, ReadOnlyMemory<byte>.Empty, read, () => timer.CancelAfter(longest), both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"within {longest.TotalSeconds:0.###} s"), e);
        }
    }

    private async Task<GitRun<T>> RunAsync<T>(IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, Func<Stream, T> read, Action heard, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = new Process { StartInfo = Prepare(arguments) };
        process.Start();
        try
        {
            // Reading from a pipe cannot be cancelled; it ends with the process.
            using var killing = cancellationToken.Register(() => Kill(process));
            var written = WriteAsync(process, input);
            var errors = ReadErrorsAsync(process.StandardError, heard);
            var output = await OwnThread.RunAsync(() => read(process.StandardOutput.BaseStream)).ConfigureAwait(false);
            await written.WaitAsync(cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            var said = await errors.WaitAsync(cancellationToken).ConfigureAwait(false);
            // A task that is complete by now does not notice that git was killed.
            if (process.ExitCode != 0) cancellationToken.ThrowIfCancellationRequested();
            return new GitRun<T>(process.ExitCode, output, said);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is not OperationCanceledException)
        {
            throw new OperationCanceledException("git was cancelled.", e, cancellationToken);
        }
        finally
        {
            Kill(process);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Runs git and returns its exit code.</summary>
    /// <inheritdoc cref="RunAsync{T}(IReadOnlyList{string}, Func{Stream, T}, CancellationToken)"/>
    public Task<GitRun<bool>> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => RunAsync(arguments, Skip, cancellationToken);

    /// <summary>Runs git, kills it if it reports no progress for too long, and returns its exit code.</summary>
    /// <inheritdoc cref="RunWatchedAsync{T}(IReadOnlyList{string}, Func{Stream, T}, CancellationToken)"/>
    public Task<GitRun<bool>> RunWatchedAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => RunWatchedAsync(arguments, Skip, cancellationToken);

    private static bool Skip(Stream output)
    {
        output.CopyTo(Stream.Null);
        return true;
    }

    // git may exit before it has read all input; its exit code shows the reason.
    private static async Task WriteAsync(Process process, ReadOnlyMemory<byte> input)
    {
        try
        {
            if (input.Length > 0) await process.StandardInput.BaseStream.WriteAsync(input).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException e)
        {
            Debug.WriteLine(e.Message);
        }
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
    }

    // Everything is read, because git would block on a full pipe; the end of the output describes the error.
    private static async Task<string> ReadErrorsAsync(StreamReader reader, Action heard)
    {
        var kept = new StringBuilder();
        var buffer = new char[1024];
        for (int read; (read = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
        {
            heard();
            kept.Append(buffer, 0, read);
            if (kept.Length > MaxErrorCharacters) kept.Remove(0, kept.Length - MaxErrorCharacters);
        }

        var lines = kept.ToString().Split('\r', '\n').Where(line => !Array.Exists(ProgressWords, word => line.Contains(word, StringComparison.Ordinal)));
        return ServerText.Cut(ServerText.Flatten(string.Join('\n', lines)), MaxShownCharacters).TrimEnd('.');
    }

    private ProcessStartInfo Prepare(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(file, [$"--git-dir={repository}", .. Settings(), .. arguments])
        {
            WorkingDirectory = repository,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var environment = start.Environment;
        foreach (var name in environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.OrdinalIgnoreCase) && !Array.Exists(KeptVariables, name.StartsWith)).ToList())
        {
            environment.Remove(name);
        }

        // Neither ssh nor git's own protocol needs a token, and what needs none can't lose it.
        foreach (var name in _tokens) environment.Remove(name);
        environment["GIT_ALLOW_PROTOCOL"] = protocols;
        if (asked is not null) environment["GIT_PROTOCOL"] = asked;
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["GIT_ATTR_NOSYSTEM"] = "1";
        environment["GCM_INTERACTIVE"] = "never";
        environment["SSH_ASKPASS_REQUIRE"] = "never";
        if (!environment.ContainsKey("GIT_SSH_COMMAND") && !environment.ContainsKey("GIT_SSH"))
        {
            environment["GIT_SSH_COMMAND"] = string.Create(CultureInfo.InvariantCulture, $"ssh -o BatchMode=yes -o ConnectTimeout={Seconds()} -o ServerAliveInterval={Seconds()}");
        }

        // The messages are evaluated, so they must be in English.
        environment["LC_ALL"] = "C";
        return start;
    }

    private int Seconds() => (int)Math.Max(1, Math.Ceiling(patience.TotalSeconds));

    private IEnumerable<string> Settings()
    {
        string[] settings =
        [
            $"core.hooksPath={Path.Combine(repository, "no-hooks")}",
            "core.attributesFile=",
            "core.askPass=",
            "core.autocrlf=false",
            "core.fsmonitor=false",
            "fetch.recurseSubmodules=false",
            "fetch.writeCommitGraph=false",
            "gc.auto=0",
            "maintenance.auto=false",
            "tar.umask=0002",
            // A server that counts objects for long sends only keep-alives meanwhile.
            "http.lowSpeedLimit=1",
            string.Create(CultureInfo.InvariantCulture, $"http.lowSpeedTime={Seconds()}"),
        ];
        return settings.SelectMany(setting => new[] { "-c", setting });
    }
}
