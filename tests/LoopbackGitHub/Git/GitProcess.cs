using System.Diagnostics;
using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Runs the real git, cut off from the user's and the machine's configuration.</summary>
internal static class GitProcess
{
    /// <summary>Returns the start information: git with these arguments and no <c>GIT_*</c> variables but ours.</summary>
    /// <param name="directory">The working directory.</param>
    /// <param name="arguments">git's arguments.</param>
    /// <param name="systemConfig">A file with defaults below the repository's own configuration; null for none.</param>
    public static ProcessStartInfo Prepare(string directory, IEnumerable<string> arguments, string? systemConfig = null)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["LC_ALL"] = "C";
        if (systemConfig is null)
        {
            start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        }
        else
        {
            start.Environment["GIT_CONFIG_SYSTEM"] = systemConfig;
        }

        return start;
    }

    /// <summary>Runs git to its end and returns its standard output.</summary>
    /// <remarks>Blocks. The input must be small (it is written before the output is read).</remarks>
    /// <exception cref="GitFailedException">git ended with an exit code other than 0.</exception>
    public static byte[] Run(ProcessStartInfo start, ReadOnlySpan<byte> input = default)
    {
        using var process = Process.Start(start) ?? throw new GitFailedException("git could not be started.");
        var unread = !TrySend(process, input);
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && !unread
            ? output.ToArray()
            : throw new GitFailedException($"git {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {errors.Trim()}");
    }

    // git may end before it has read all input; its own message matters more than the broken pipe.
    private static bool TrySend(Process process, ReadOnlySpan<byte> input)
    {
        try
        {
            if (!input.IsEmpty)
            {
                process.StandardInput.BaseStream.Write(input);
            }

            process.StandardInput.Close();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Runs git and returns its standard output as text without the last line break.</summary>
    /// <exception cref="GitFailedException">git ended with an exit code other than 0.</exception>
    public static string RunText(string directory, params string[] arguments) =>
        Encoding.UTF8.GetString(Run(Prepare(directory, arguments))).TrimEnd('\n');
}
