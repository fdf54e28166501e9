using System.Diagnostics;

namespace SkillMeat.Tests.Support;

/// <summary><c>skm</c> as a process of its own.</summary>
public static class SkmProcess
{
    /// <summary>The published program to test instead of this build; null for none.</summary>
    public static string? Published => Environment.GetEnvironmentVariable("SKILLMEAT_SKM") is { Length: > 0 } program ? program : null;

    /// <summary>The program and the first arguments that start <c>skm</c>: the published program, else this build's and the <c>dotnet</c> that runs the tests, or the one on the PATH.</summary>
    public static IReadOnlyList<string> Command => Published is { } program ? [program]
        : [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } named ? named : "dotnet", Path.Combine(AppContext.BaseDirectory, "skm.dll")];

    public static Task<SkmRun> RunAsync(CancellationToken cancellationToken, params string[] arguments) => StartAsync(Command[0], [.. Command.Skip(1), .. arguments], cancellationToken);

    /// <summary>Runs any program to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Stops the program.</param>
    /// <param name="environment">Its whole environment; null for that of the tests.</param>
    /// <param name="input">Its standard input.</param>
    public static async Task<SkmRun> StartAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken, IReadOnlyDictionary<string, string?>? environment = null, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (environment is null)
        {
            start.Environment["DOTNET_TieredPGO"] = "0";
            start.Environment.Remove("SKILLMEAT_HOME");
        }
        else
        {
            start.Environment.Clear();
            foreach (var (name, value) in environment) start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            using var output = new MemoryStream();
            var copied = process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
            var error = await process.StandardError.ReadToEndAsync(cancellationToken);
            await copied;
            await process.WaitForExitAsync(cancellationToken);
            return new SkmRun(process.ExitCode, output.ToArray(), error);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
