using System.Diagnostics;

namespace SkillMeat.Tests.Browser.Support;

/// <summary><c>skm</c>: the published program of SKILLMEAT_SKM, else that of this build.</summary>
internal static class SkmProgram
{
    /// <summary>The published program to test instead of this build; null for none.</summary>
    public static string? Published => Environment.GetEnvironmentVariable("SKILLMEAT_SKM") is { Length: > 0 } program ? program : null;

    /// <summary>The folder of this build's program: beside that of the tests, with the same configuration and framework.</summary>
    public static string Folder { get; } = Path.Combine(Checkout.Folder, "src", "SkillMeat.Cli", Path.GetRelativePath(Path.Combine(Checkout.Folder, "tests", "Browser"), AppContext.BaseDirectory));

    /// <summary>Starts it in an environment that has nothing of the user's.</summary>
    public static Process Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = Published is { } program ? new ProcessStartInfo(program, arguments)
            : new ProcessStartInfo(
                Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } named ? named : "dotnet",
                [Path.Combine(Folder, "skm.dll"), .. arguments]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var foreign in start.Environment.Keys.Where(IsForeign).ToList()) start.Environment.Remove(foreign);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException("skm did not start.");
    }

    /// <summary>Runs a command to its end and returns its standard output.</summary>
    /// <exception cref="InvalidOperationException">Its exit code is not 0.</exception>
    public static async Task<string> RunAsync(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"skm {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
    }

    private static bool IsForeign(string variable) =>
        variable.StartsWith("SKILLMEAT_", StringComparison.Ordinal) || variable.StartsWith("GITHUB_", StringComparison.Ordinal) || variable is "GH_TOKEN" || variable.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase);
}
