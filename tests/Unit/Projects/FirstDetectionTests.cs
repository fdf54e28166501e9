using SkillMeat.Projects.Drift;
using Xunit;

namespace SkillMeat.Tests.Projects;

public sealed class FirstDetectionTests
{
    private static readonly TimeSpan _wait = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_modification_is_recorded_once_and_nothing_else_changes()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        var records = scene.InProject(".claude/.skillmeat-deployed.toml");
        // As somebody wrote it: with a comment, an unknown key, and without our order.
        await File.WriteAllTextAsync(records, "# mine\n" + (await File.ReadAllTextAsync(records, Cancellation)).Replace("platform = ", "other = 1\nplatform = ", StringComparison.Ordinal), Cancellation);
        var before = await File.ReadAllTextAsync(records, Cancellation);
        await File.AppendAllTextAsync(scene.InProject(".claude/commands/review.md"), "mine\n", Cancellation);

        var recorded = await RecordAsync(scene);

        var first = Assert.NotNull(recorded["command:review"]);
        Assert.All(recorded.Where(one => one.Key != "command:review"), one => Assert.Null(one.Value));
        Assert.Equal(first, Check(scene).Artifacts.Single(one => one.ArtifactId == "command:review").FirstSeen);
        var after = await File.ReadAllLinesAsync(records, Cancellation);
        var added = Assert.Single(after, line => line.StartsWith("modification_detected_at = ", StringComparison.Ordinal));
        Assert.Equal(before.Split('\n', StringSplitOptions.RemoveEmptyEntries), after.Where(line => line != added && line.Length > 0));

        var text = await File.ReadAllTextAsync(records, Cancellation);
        await File.AppendAllTextAsync(scene.InProject(".claude/commands/review.md"), "more\n", Cancellation);
        Assert.Equal(first, (await RecordAsync(scene))["command:review"]);
        Assert.Equal(text, await File.ReadAllTextAsync(records, Cancellation));
    }

    [Fact]
    public async Task The_time_goes_when_the_modification_does()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        var records = scene.InProject(".claude/.skillmeat-deployed.toml");
        var before = await File.ReadAllTextAsync(records, Cancellation);
        var copy = scene.InProject(".claude/skills/notes/SKILL.md");
        var deployed = await File.ReadAllTextAsync(copy, Cancellation);
        await File.AppendAllTextAsync(copy, "mine\n", Cancellation);
        Assert.NotNull((await RecordAsync(scene))["skill:notes"]);

        await File.WriteAllTextAsync(copy, deployed, Cancellation);
        Assert.Null((await RecordAsync(scene))["skill:notes"]);

        Assert.Equal(before, await File.ReadAllTextAsync(records, Cancellation));
    }

    [Theory]
    [InlineData("outdated")]
    [InlineData("removed")]
    [InlineData("added")]
    public async Task Only_a_copy_that_was_edited_is_a_modification(string change)
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        if (change == "outdated") await File.AppendAllTextAsync(scene.InCollection("commands/review.md"), "newer\n", Cancellation);
        else if (change == "removed") File.Delete(scene.InProject(".claude/commands/review.md"));
        else await File.WriteAllTextAsync(scene.InProject(".claude/commands/other.md"), "Other\n", Cancellation);
        var before = scene.Tree();

        Assert.All(await RecordAsync(scene), one => Assert.Null(one.Value));

        Assert.Equal(before, scene.Tree());
    }

    [Fact]
    public async Task A_removed_copy_keeps_the_time_of_its_modification()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        await File.AppendAllTextAsync(scene.InProject(".claude/commands/review.md"), "mine\n", Cancellation);
        var first = (await RecordAsync(scene))["command:review"];
        File.Delete(scene.InProject(".claude/commands/review.md"));

        Assert.Equal(first, (await RecordAsync(scene))["command:review"]);
    }

    [Fact]
    public async Task Records_that_cannot_be_written_are_a_problem_of_their_project_only()
    {
        using var scene = await ProjectScene.StartAsync();
        var other = Path.Combine(scene.Place, "other");
        Directory.CreateDirectory(other);
        await scene.DeployAsync(scene.Request() with { Projects = [scene.Project, other] });
        foreach (var project in new[] { scene.Project, other }) await File.AppendAllTextAsync(Path.Combine(project, ".claude", "commands", "review.md"), "mine\n", Cancellation);
        var report = new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { Projects = [scene.Project, other] }, Cancellation);
        await File.WriteAllTextAsync(scene.InProject(".claude/.skillmeat-deployed.toml"), "no = [ toml", Cancellation);

        var recorded = await new DriftChecker(scene.Store, scene.Environment).RecordAsync(report, _wait, Cancellation);

        Assert.Equal([scene.Project], recorded.Problems.Keys);
        Assert.Equal([(scene.Project, false), (other, true)], recorded.Artifacts.Select(one => (one.Project, one.FirstSeen is not null)));
    }

    private static DriftReport Check(ProjectScene scene) =>
        new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { Projects = [scene.Project], IncludeInSync = true }, Cancellation);

    private static async Task<Dictionary<string, DateTimeOffset?>> RecordAsync(ProjectScene scene) =>
        (await new DriftChecker(scene.Store, scene.Environment).RecordAsync(Check(scene), _wait, Cancellation)).Artifacts.ToDictionary(one => one.ArtifactId, one => one.FirstSeen);
}
