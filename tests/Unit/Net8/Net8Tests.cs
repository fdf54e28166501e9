using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Net8;

/// <summary>The engine on the version of .NET in PowerShell 7.4 and Azure Automation.</summary>
public sealed class Net8Tests
{
    private static string Program => Path.Combine(
        Checkout.Folder, "tests", "Net8", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net8.0", OperatingSystem.IsWindows() ? "SkillMeat.Tests.Net8.exe" : "SkillMeat.Tests.Net8");

    [Fact]
    public async Task An_update_and_the_way_back_work_there()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Path.GetDirectoryName(Program)!, "System.Private.CoreLib.dll")), "No .NET 8 for this platform was restored with the build.");
        using var home = TestHome.Sample();
        var upstream = Path.Combine(home.Place, "upstream");

        var run = (await SkmProcess.StartAsync(Program, [home.Home], TestContext.Current.CancellationToken)).Succeeds();

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.StartsWith("runtime .NET 8.", lines[0], StringComparison.Ordinal);
        Assert.Equal(["check True False", "refresh 1 0", "update skill:meeting-notes:Updated skill:pdf-tools:Unchanged command:changelog:Updated agent:code-reviewer:Skipped", "snapshot 4", "restore True"], lines[1..]);
        Assert.All(
            ["skills/meeting-notes/SKILL.md", "skills/pdf-tools/SKILL.md"],
            path => Assert.Equal(File.ReadAllText(Path.Combine(upstream, path)), File.ReadAllText(home.At("collections", "default", path))));
    }
}
