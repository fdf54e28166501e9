using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Resolves expressions and reads objects with one long-running <c>git cat-file</c>.</summary>
/// <remarks>Thread-safe; blocks. git ends at expressions that it cannot parse (<c>HEAD:./x</c> in a bare repository): they count as unknown, and git is started again.</remarks>
internal sealed class GitObjectReader(string gitDirectory, string? systemConfig) : IDisposable
{
    // Answers of about 60 bytes each stay below the pipe's capacity, so answers need not be read while questions are written.
    private const int Batch = 500;
    private static readonly byte[] Flush = "flush\n"u8.ToArray();

    private readonly object _gate = new();
    private Process? _process;
    private BufferedStream? _output;
    private bool _disposed;

    /// <summary>Resolves each expression as <c>git rev-parse</c> does; null if there is no such object.</summary>
    public GitObjectInfo?[] Resolve(IReadOnlyList<string> expressions)
    {
        var found = new GitObjectInfo?[expressions.Count];
        lock (_gate)
        {
            var asked = new List<int>(Math.Min(expressions.Count, Batch));
            for (var i = 0; i < expressions.Count; i++)
            {
                if (expressions[i].AsSpan().IndexOfAny('\n', '\r') >= 0)
                {
                    found[i] = ResolveAlone(expressions[i]);
                }
                else if (!string.IsNullOrWhiteSpace(expressions[i]) && !expressions[i].Contains('\0', StringComparison.Ordinal))
                {
                    asked.Add(i);
                }

                if (asked.Count == Batch)
                {
                    Ask(expressions, asked, found);
                    asked.Clear();
                }
            }

            Ask(expressions, asked, found);
        }

        return found;
    }

    /// <summary>Resolves an expression; null if there is no such object.</summary>
    public GitObjectInfo? Resolve(string expression) => Resolve([expression])[0];

    /// <summary>Returns the content of an object.</summary>
    /// <param name="id">The 40 hex digits of an existing object.</param>
    /// <exception cref="GitFailedException">There is no such object.</exception>
    public byte[] Read(string id)
    {
        lock (_gate)
        {
            var output = Send($"contents {id}\n");
            var info = ParseInfo(ReadLine(output)) ?? throw new GitFailedException($"The object {id} is not there.");
            var content = new byte[info.Size];
            output.ReadExactly(content);
            output.ReadExactly(stackalloc byte[1]);
            return content;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            EndProcess();
        }
    }

    private static GitObjectInfo? ParseInfo(string? line)
    {
        // "<id> <type> <size>", or the expression (which may hold spaces) and " missing" or " ambiguous".
        var parts = line?.Split(' ') ?? [];
        return parts is [{ Length: 40 } id, "commit" or "tree" or "blob" or "tag", var size] && long.TryParse(size, NumberStyles.None, null, out var bytes)
            ? new GitObjectInfo(id, parts[1], bytes)
            : null;
    }

    private static string? ReadLine(Stream output)
    {
        var line = new List<byte>(64);
        for (var value = output.ReadByte(); value != '\n'; value = output.ReadByte())
        {
            if (value < 0)
            {
                return null;
            }

            line.Add((byte)value);
        }

        return Encoding.UTF8.GetString([.. line]);
    }

    private void Ask(IReadOnlyList<string> expressions, List<int> asked, GitObjectInfo?[] found)
    {
        var next = 0;
        while (next < asked.Count)
        {
            var questions = new StringBuilder();
            for (var i = next; i < asked.Count; i++)
            {
                questions.Append("info ").Append(expressions[asked[i]]).Append('\n');
            }

            var output = Send(questions.ToString());
            while (next < asked.Count && ReadLine(output) is { } line)
            {
                found[asked[next++]] = ParseInfo(line);
            }

            if (next < asked.Count)
            {
                next++;
                EndProcess();
            }
        }
    }

    private BufferedStream Send(string questions)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_process is null)
        {
            _process = Process.Start(GitProcess.Prepare(gitDirectory, ["cat-file", "--batch-command", "--buffer"], systemConfig))
                ?? throw new GitFailedException("git cat-file could not be started.");
            _output = new BufferedStream(_process.StandardOutput.BaseStream, 1 << 16);
        }

        var input = _process.StandardInput.BaseStream;
        byte[] bytes = [.. Encoding.UTF8.GetBytes(questions), .. Flush];
        input.Write(bytes);
        input.Flush();
        return _output!;
    }

    private GitObjectInfo? ResolveAlone(string expression)
    {
        var start = GitProcess.Prepare(gitDirectory, ["rev-parse", "--verify", "--quiet", "--end-of-options", expression], systemConfig);
        using var process = Process.Start(start) ?? throw new GitFailedException("git rev-parse could not be started.");
        process.StandardInput.Close();
        var id = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return id.Length == 40 ? Resolve(id) : null;
    }

    private void EndProcess()
    {
        if (_process is null)
        {
            return;
        }

        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        _process = null;
        _output = null;
    }
}
