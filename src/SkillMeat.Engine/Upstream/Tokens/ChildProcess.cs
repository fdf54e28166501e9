using System.Diagnostics;

namespace SkillMeat.Upstream.Tokens;

/// <summary>Runs a program and captures its output, which is expected to be short.</summary>
internal static class ChildProcess
{
    private const int MaxOutputCharacters = 64 * 1024;

    /// <summary>The implementation of <see cref="RunProcess"/> that starts real processes.</summary>
    public static Task<ProcessOutput> RunAsync(string fileName, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(new ProcessStartInfo(fileName, arguments), "", cancellationToken);

    /// <summary>Runs a program without a console, writes to its standard input and waits for it to exit. Cancelling kills it.</summary>
    /// <param name="start">The program, its arguments and its environment.</param>
    /// <param name="input">The text for standard input. Secrets belong here, because other users can see arguments.</param>
    /// <param name="cancellationToken">Kills the program.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
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
            // A grandchild may keep the pipe open after the program was killed, so cancelling also ends the wait.
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
            // The program exited without reading its input; its exit code is evaluated later.
        }
    }

    // Everything is read, because the program would block on a full pipe, but only the beginning is kept.
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
