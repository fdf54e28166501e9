using System.Globalization;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary>Processes of the program that change one project at once.</summary>
public sealed class ProjectProcessTests
{
    private const int Rounds = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_processes_that_synchronize_one_project_lose_nothing(bool isOneHome)
    {
        using var scene = new ArtifactScene().WithSkill("a").WithSkill("b").WithCommand("c", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
        using var second = new ArtifactScene();
        foreach (var source in new[] { "skills/a", "skills/b", "commands/c.md" })
        {
            (await scene.RunAsync("add", scene.Upstream(source))).Succeeds();
            (await second.RunAsync("add", scene.Upstream(source))).Succeeds();
        }

        var app = Directory.CreateDirectory(Path.Combine(scene.Home.Place, "app")).FullName;
        var other = isOneHome ? scene : second;
        (await scene.RunAsync("deploy", "--all", "--project", app)).Succeeds();
        (await other.RunAsync("deploy", "--all", "--project", app)).Succeeds();
        var added = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var mine = string.Create(CultureInfo.InvariantCulture, $"added in round {round}");
            await File.AppendAllTextAsync(Path.Combine(app, ".claude", "skills", "a", "SKILL.md"), mine + "\n", Cancellation);
            added.Add(mine);

            var runs = await Task.WhenAll(
                SkmProcess.RunAsync(Cancellation, "sync", "--yes", "--project", app, "--format", "json", "--home", scene.Home.Home),
                SkmProcess.RunAsync(Cancellation, "sync", "--yes", "--project", app, "--format", "json", "--home", other.Home.Home),
                SkmProcess.RunAsync(Cancellation, "deploy", "--all", "--project", app, "--format", "json", "--home", scene.Home.Home));

            // A deployment that comes first leaves the edited copy alone.
            Assert.All(runs, run => Assert.True(run.ExitCode is 0 or 3, run.Error + run.Output));
        }

        (await scene.RunAsync("sync", "--yes", "--project", app)).Succeeds();
        (await other.RunAsync("sync", "--yes", "--project", app)).Succeeds();
        var text = await File.ReadAllTextAsync(Path.Combine(app, ".claude", "skills", "a", "SKILL.md"), Cancellation);
        Assert.All(added, line => Assert.Contains(line, text, StringComparison.Ordinal));
        Assert.Equal(text, await File.ReadAllTextAsync(scene.Local("skills/a/SKILL.md"), Cancellation));
        Assert.Equal(text, await File.ReadAllTextAsync(other.Local("skills/a/SKILL.md"), Cancellation));
        Assert.Equal("[]", (await scene.RunAsync("drift", "--project", app, "--full", "--format", "json")).Succeeds().Output.Trim());
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(scene.Home.Place, ".skm-*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }), _ => true);
    }

    [Fact]
    public async Task Processes_that_deploy_and_undeploy_in_one_project_leave_records_and_copies_that_fit()
    {
        using var scene = new ArtifactScene().WithSkill("a").WithSkill("b").WithCommand("c", "text\n");
        foreach (var source in new[] { "skills/a", "skills/b", "commands/c.md" }) (await scene.RunAsync("add", scene.Upstream(source))).Succeeds();
        var app = Directory.CreateDirectory(Path.Combine(scene.Home.Place, "app")).FullName;
        for (var round = 0; round < Rounds; round++)
        {
            var runs = await Task.WhenAll(
                SkmProcess.RunAsync(Cancellation, "deploy", "a", "--project", app, "--home", scene.Home.Home),
                SkmProcess.RunAsync(Cancellation, "deploy", "b", "c", "--project", app, "--profile", "claude", "--profile", "codex", "--home", scene.Home.Home),
                SkmProcess.RunAsync(Cancellation, "undeploy", "--all", "--project", app, "--home", scene.Home.Home));

            Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Error + run.Output));
            Assert.Equal("[]", (await scene.RunAsync("drift", "--project", app, "--full", "--format", "json")).Succeeds().Output.Trim());
        }

        (await scene.RunAsync("undeploy", "--all", "--project", app)).Succeeds();
        Assert.Empty(Directory.GetFileSystemEntries(app));
    }
}
