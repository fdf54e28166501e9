using System.Diagnostics;
using System.Text.RegularExpressions;
using SkillMeat.Tools;
using Xunit;

namespace SkillMeat.Tests.Pester;

/// <summary>Runs each file of Pester tests in a PowerShell of its own, against the module that the build just made.</summary>
/// <remarks>The runner runs classes in parallel and the tests of a class in sequence, so the files are divided among two classes.</remarks>
public abstract partial class PesterTests(ITestOutputHelper log)
{
    private const int Shares = 2;

    private static readonly Lazy<Task<PowerShellProgram>> PowerShell = new(() => PowerShellProgram.FindAsync(Folder("."), CancellationToken.None));

    protected static TheoryData<string> FilesOf(int share) => new(
        Directory.EnumerateFiles(Folder("tests/Pester"), "*.Tests.ps1")
            .Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal)
            .Where((_, i) => i % Shares == share));

    protected async Task PassAsync(string file)
    {
        var powerShell = await PowerShell.Value;
        var start = powerShell.Prepare(["-NoProfile", "-NonInteractive", "-File", Folder("tests/Pester/Invoke-Tests.ps1"), "-Path", Folder($"tests/Pester/{file}")], Folder("."));
        start.Environment["PSModulePath"] = Path.Combine(AppContext.BaseDirectory, "Modules") + Path.PathSeparator + Environment.GetEnvironmentVariable("PSModulePath");
        var (exitCode, output) = await RunAsync(start, TestContext.Current.CancellationToken);
        log.WriteLine(output);
        var totals = Totals().Matches(output).LastOrDefault();
        Assert.True(exitCode == 0 && totals is { Groups: [_, _, { Value: "0" }, _] }, output);
        Assert.SkipWhen(totals.Groups[1].Value == "0", $"Every test of {file} was skipped; its own messages say why.");
        WriteTotals(file, totals.Value);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    // CI adds these numbers up, because a file is one test for xunit.
    private static void WriteTotals(string file, string totals)
    {
        if (Environment.GetEnvironmentVariable("SKILLMEAT_PESTER_TOTALS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, $"{file}.txt"), totals + "\n");
        }
    }

    private static string Folder(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SkillMeat.PowerShell.sln")))
            {
                return Path.GetFullPath(Path.Combine(folder.FullName, path));
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds SkillMeat.PowerShell.sln.");
    }

    [GeneratedRegex("Pester: ([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped")]
    private static partial Regex Totals();
}
