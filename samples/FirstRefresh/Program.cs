using System.Diagnostics;
using SkillMeat.Tools;

// Demonstrates the main features in a real PowerShell session on a copy of the sample home: FirstRefresh.ps1 prints each command and its output.
var checkout = FindCheckout();
var place = Directory.CreateTempSubdirectory("skillmeat-sample-").FullName;
Copy(Path.Combine(AppContext.BaseDirectory, "sample"), place);

var powerShell = await PowerShellProgram.FindAsync(checkout, CancellationToken.None);
string[] arguments =
[
    "-NoLogo", "-NoProfile", "-NonInteractive", "-File", Path.Combine(checkout, "samples", "FirstRefresh", "FirstRefresh.ps1"),
    "-Module", Path.Combine(checkout, "out", "SkillMeat"), "-SkillMeatHome", Path.Combine(place, "home"),
];
using var session = Process.Start(powerShell.Prepare(arguments, checkout))!;
await session.WaitForExitAsync();
Console.WriteLine($"The copy of the sample home is in {place}. Delete it when you are done.");
return session.ExitCode;

static string FindCheckout()
{
    var folder = new DirectoryInfo(AppContext.BaseDirectory);
    while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SkillMeat.PowerShell.sln")))
    {
        folder = folder.Parent;
    }

    return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} contains SkillMeat.PowerShell.sln. Run the sample from a checkout.");
}

static void Copy(string from, string to)
{
    foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
    {
        var target = Path.Combine(to, Path.GetRelativePath(from, file));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target);
    }
}
