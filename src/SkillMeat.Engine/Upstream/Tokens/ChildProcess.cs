using System.Diagnostics;

namespace SkillMeat.Upstream.Tokens;

/// <summary>Runs a program whose short output is wanted.</summary>
internal static class ChildProcess
{
    private const int MaxOutputCharacters = 64 * 1024;

    /// <summary>The <see cref="RunProcess"/> of the real world.</summary>
    public static Task<ProcessOutput> RunAsync(string fileName, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(new ProcessStartInfo(fileName, arguments), "", cancellationToken);

    /// <summary>Runs a program to its end without a console, and gives it something to read. Cancelling kills it.</summary>
    /// <param name="start">The program, its arguments and its environment.</param>
    /// <param name="input">What it reads: the place for secrets, which arguments are not.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It can't be started.</exception>
    public static async Task<ProcessOutput> RunAsync(ProcessStartInfo start, string input, CancellationToken cancellationToken)
    {
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = new Process { StartInfo = start };
        process.Start();
        try
        {
            var errors = ReadAsync(process.StandardError, cancellationToken);
            var reading = ReadAsync(process.StandardOutput, cancellationToken);
            await WriteAsync(process.StandardInput, input, cancellationToken).ConfigureAwait(false);
            // A grandchild may hold the pipe open after a kill; the wait ends all the same.
            string output = await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
            await errors.WaitAsync(cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return new ProcessOutput(process.ExitCode, output);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static async Task WriteAsync(StreamWriter writer, string input, CancellationToken cancellationToken)
    {
        try
        {
            if (input.Length > 0) await writer.WriteAsync(input.AsMemory(), cancellationToken).ConfigureAwait(false);
            writer.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says the rest.
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
