using System.Diagnostics;

namespace SkillMeat.Tests.Support;

/// <summary><c>skm</c> as a process of its own.</summary>
public static class SkmProcess
{
    public static string Program => Path.Combine(AppContext.BaseDirectory, "skm.dll");

    /// <summary>The <c>dotnet</c> that runs the tests, else the one on the PATH.</summary>
    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } named ? named : "dotnet";

    public static Task<SkmRun> RunAsync(CancellationToken cancellationToken, params string[] arguments) => StartAsync(Dotnet, [Program, .. arguments], cancellationToken);

    /// <summary>Runs any program to its end, in an environment of its own where one is given.</summary>
    public static async Task<SkmRun> StartAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment.Remove("SKILLMEAT_HOME");
        if (environment is not null)
        {
            start.Environment.Clear();
            foreach (var (name, value) in environment) start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
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
