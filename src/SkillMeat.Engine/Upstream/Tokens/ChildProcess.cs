using System.Diagnostics;

namespace SkillMeat.Upstream.Tokens;

/// <summary>Runs a program whose short output is wanted.</summary>
internal static class ChildProcess
{
    private const int MaxOutputCharacters = 64 * 1024;

    /// <summary>The <see cref="RunProcess"/> of the real world.</summary>
    public static async Task<ProcessOutput> RunAsync(string fileName, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(fileName, arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = new Process { StartInfo = start };
        process.Start();
        try
        {
            process.StandardInput.Close();
            var errors = ReadAsync(process.StandardError, cancellationToken);
            // A grandchild may hold the pipe open after a kill; the wait ends all the same.
            string output = await ReadAsync(process.StandardOutput, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            await errors.WaitAsync(cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return new ProcessOutput(process.ExitCode, output);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    // Read to the end, or the program would block on a full pipe; kept up to a limit.
    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        char[] kept = new char[MaxOutputCharacters];
        char[] spilled = new char[4096];
        int length = 0;
        while (true)
        {
            var target = length < kept.Length ? kept.AsMemory(length) : spilled;
            int read = await reader.ReadAsync(target, cancellationToken).ConfigureAwait(false);
            if (read == 0) return new string(kept, 0, length);
            if (length < kept.Length) length += read;
        }
    }
}
