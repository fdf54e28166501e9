using System.Diagnostics;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The real git as a client of the server, without the user's configuration.</summary>
internal static class RealGit
{
    public static string Run(string directory, params string[] arguments)
    {
        var (code, output, errors) = TryRun(directory, arguments);
        Xunit.Assert.True(code == 0, $"git {string.Join(' ', arguments)}: {errors}");
        return output.TrimEnd('\n');
    }

    public static (int Code, string Output, string Errors) TryRun(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Xunit.TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
