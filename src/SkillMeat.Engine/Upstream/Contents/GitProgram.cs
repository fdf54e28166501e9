using System.Diagnostics;
using System.Globalization;
using System.Text;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Contents;

/// <summary>
/// Runs git on a repository of its own: without questions to anybody, without hooks, and with no way to reach a server but those that are allowed. What a person configured for
/// reaching servers (credential helpers, proxies, certificates) holds.
/// </summary>
/// <param name="file">The program.</param>
/// <param name="repository">The repository's folder, which is bare.</param>
/// <param name="protocols">The protocols that it may speak, separated by colons.</param>
/// <param name="patience">The longest silence of a server.</param>
/// <param name="asked">The version of git's protocol that it is asked in, as a server; null for none.</param>
internal sealed class GitProgram(string file, string repository, string protocols, TimeSpan patience, string? asked = null)
{
    private const int MaxErrorCharacters = 8 * 1024;
    private const int MaxShownCharacters = 300;

    // Everything else beginning so would change which repository is meant, or what is written where.
    private static readonly string[] KeptVariables = ["GIT_CONFIG_", "GIT_SSL_", "GIT_SSH", "GIT_HTTP_", "GIT_PROXY_SSL_", "GIT_EXEC_PATH"];

    /// <summary>Runs it, and reads what it writes while it runs.</summary>
    /// <param name="arguments">Its arguments; none of them may be a secret, because everybody on the machine sees them.</param>
    /// <param name="read">Reads its output on a thread of its own.</param>
    /// <param name="cancellationToken">Kills it, and what it started.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It can't be started.</exception>
    public Task<GitRun<T>> RunAsync<T>(IReadOnlyList<string> arguments, Func<Stream, T> read, CancellationToken cancellationToken) =>
        RunAsync(arguments, ReadOnlyMemory<byte>.Empty, read, cancellationToken);

    /// <summary>Runs it, gives it something to read, and reads what it writes while it runs.</summary>
    /// <param name="arguments">Its arguments; none of them may be a secret, because everybody on the machine sees them.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="read">Reads its output on a thread of its own.</param>
    /// <param name="cancellationToken">Kills it, and what it started.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It can't be started.</exception>
    public async Task<GitRun<T>> RunAsync<T>(IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, Func<Stream, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = new Process { StartInfo = Prepare(arguments) };
        process.Start();
        try
        {
            // Who reads from a pipe can't be cancelled; it ends with the process.
            using var killing = cancellationToken.Register(() => Kill(process));
            var written = WriteAsync(process, input);
            var errors = ReadErrorsAsync(process.StandardError);
            var output = await OwnThread.RunAsync(() => read(process.StandardOutput.BaseStream)).ConfigureAwait(false);
            await written.WaitAsync(cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return new GitRun<T>(process.ExitCode, output, await errors.WaitAsync(cancellationToken).ConfigureAwait(false));
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

    /// <summary>Runs it for its exit code.</summary>
    /// <inheritdoc cref="RunAsync{T}(IReadOnlyList{string}, Func{Stream, T}, CancellationToken)"/>
    public Task<GitRun<bool>> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(
            arguments,
            output =>
            {
                output.CopyTo(Stream.Null);
                return true;
            },
            cancellationToken);

    // git may end before it has read everything, and its exit code says why.
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

    // Read to the end, or git would block on a full pipe; the last words say what was the matter.
    private static async Task<string> ReadErrorsAsync(StreamReader reader)
    {
        var kept = new StringBuilder();
        var buffer = new char[1024];
        for (int read; (read = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
        {
            kept.Append(buffer, 0, read);
            if (kept.Length > MaxErrorCharacters) kept.Remove(0, kept.Length - MaxErrorCharacters);
        }

        return ServerText.Cut(ServerText.Flatten(kept.ToString()), MaxShownCharacters).TrimEnd('.');
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

        // Its words are looked into.
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
            "http.lowSpeedLimit=1",
            string.Create(CultureInfo.InvariantCulture, $"http.lowSpeedTime={Seconds()}"),
        ];
        return settings.SelectMany(setting => new[] { "-c", setting });
    }
}
