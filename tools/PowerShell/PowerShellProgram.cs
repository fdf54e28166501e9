using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SkillMeat.Tools;

/// <summary>A PowerShell that can load the module: the one on the PATH where it is new enough, else the one that <c>.config/dotnet-tools.json</c> names.</summary>
/// <param name="FileName">The program.</param>
/// <param name="FirstArguments">The arguments before PowerShell's own.</param>
internal sealed partial record PowerShellProgram(string FileName, IReadOnlyList<string> FirstArguments)
{
    private static readonly Version Oldest = new(7, 4);

    /// <summary>Finds it.</summary>
    /// <param name="checkout">The folder that holds <c>.config</c>; PowerShell must be started in it.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static async Task<PowerShellProgram> FindAsync(string checkout, CancellationToken cancellationToken)
    {
        var installed = new PowerShellProgram("pwsh", []);
        return await installed.ReadVersionAsync(checkout, cancellationToken) >= Oldest ? installed : new PowerShellProgram("dotnet", ["tool", "run", "pwsh"]);
    }

    /// <summary>Describes a start of it, without its first-run messages.</summary>
    public ProcessStartInfo Prepare(IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(FileName, [.. FirstArguments, .. arguments]) { WorkingDirectory = folder };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        return start;
    }

    private async Task<Version?> ReadVersionAsync(string folder, CancellationToken cancellationToken)
    {
        var start = Prepare(["-NoLogo", "-NoProfile", "-Version"], folder);
        start.RedirectStandardOutput = true;
        try
        {
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return VersionText().Match(output) is { Success: true } found
                ? new Version(int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(found.Groups[2].Value, CultureInfo.InvariantCulture))
                : null;
        }
        catch (Win32Exception)
        {
            // There is none on the PATH.
            return null;
        }
    }

    [GeneratedRegex(@"PowerShell (\d+)\.(\d+)")]
    private static partial Regex VersionText();
}
