using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using Xunit;

namespace SkillMeat.Tests.Projects;

public sealed class DeployTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Artifacts_of_all_types_are_deployed_and_in_sync()
    {
        using var scene = await ProjectScene.StartAsync();

        var deployed = await scene.DeployAsync(scene.Request());

        Assert.Equal(ProjectScene.Ids.Select(id => $"{id} claude_code Deployed"), deployed);
        Assert.Equal("template\n", await File.ReadAllTextAsync(scene.InProject(".claude/skills/notes/templates/a.md"), Cancellation));
        Assert.True(File.Exists(scene.InProject(".claude/commands/review.md")));
        Assert.All(scene.Drift().Values, state => Assert.Equal(DriftState.InSync, state));
        Assert.Equal(5, scene.Drift(isFull: true).Count);
        Assert.Equal(ProjectScene.Ids.Select(id => $"{id} claude_code Unchanged"), await scene.DeployAsync(scene.Request()));
        Assert.Empty(Directory.GetFiles(scene.Project, ".skm-*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_changes_nothing()
    {
        using var scene = await ProjectScene.StartAsync();
        Assert.Equal(ProjectScene.Ids.Select(id => $"{id} claude_code Deployed"), await scene.DeployAsync(scene.Request() with { DryRun = true }));
        Assert.Equal("", scene.Tree());

        await scene.DeployAsync(scene.Request());
        await File.AppendAllTextAsync(scene.InProject(".claude/commands/review.md"), "mine\n", Cancellation);
        var before = scene.Tree();
        Assert.Contains("command:review claude_code Skipped", await scene.DeployAsync(scene.Request() with { DryRun = true }));
        Assert.Equal(before, scene.Tree());
    }

    [Theory]
    [InlineData(false, false, "Unchanged", DriftState.InSync)]
    [InlineData(true, false, "Skipped", DriftState.Modified)]
    [InlineData(false, true, "Updated", DriftState.Outdated)]
    [InlineData(true, true, "Conflict", DriftState.Conflict)]
    public async Task A_local_edit_is_never_overwritten(bool isEdited, bool hasMovedOn, string status, DriftState state)
    {
        foreach (var (id, path) in new[] { ("skill:notes", "skills/notes/SKILL.md"), ("command:review", "commands/review.md"), ("hook:guard", "hooks/guard/settings.json") })
        {
            using var scene = await ProjectScene.StartAsync();
            await scene.DeployAsync(scene.Request());
            var copy = scene.InProject($".claude/{path}");
            if (isEdited) await File.AppendAllTextAsync(copy, "local\n", Cancellation);
            if (hasMovedOn) await File.AppendAllTextAsync(scene.InCollection(path), "newer\n", Cancellation);
            Assert.Equal(state, scene.Drift()[$"{id} claude_code"]);
            Assert.Equal(state, scene.Drift(isFull: true)[$"{id} claude_code"]);
            var before = await File.ReadAllTextAsync(copy, Cancellation);

            Assert.Equal([$"{id} claude_code {status}"], await scene.DeployAsync(scene.Request(id)));

            var after = await File.ReadAllTextAsync(copy, Cancellation);
            if (status == "Updated") Assert.EndsWith("newer\n", after, StringComparison.Ordinal);
            else Assert.Equal(before, after);
            Assert.Equal([$"{id} claude_code {(isEdited ? "Updated" : "Unchanged")}"], await scene.DeployAsync(scene.Request(id) with { Force = true }));
            Assert.Equal(await File.ReadAllTextAsync(scene.InCollection(path), Cancellation), await File.ReadAllTextAsync(copy, Cancellation));
            Assert.Equal(DriftState.InSync, scene.Drift()[$"{id} claude_code"]);
        }
    }

    [Fact]
    public async Task The_same_change_on_both_sides_converges()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        await File.AppendAllTextAsync(scene.InProject(".claude/commands/review.md"), "same\n", Cancellation);
        await File.AppendAllTextAsync(scene.InCollection("commands/review.md"), "same\n", Cancellation);
        Assert.Equal(DriftState.Converged, scene.Drift()["command:review claude_code"]);

        Assert.Equal(["command:review claude_code Unchanged"], await scene.DeployAsync(scene.Request("review")));

        Assert.Equal(DriftState.InSync, scene.Drift()["command:review claude_code"]);
    }

    [Fact]
    public async Task Files_that_no_record_names_are_in_the_way_unless_they_are_the_same()
    {
        using var scene = await ProjectScene.StartAsync();
        Directory.CreateDirectory(scene.InProject(".claude/commands"));
        Directory.CreateDirectory(scene.InProject(".claude/agents"));
        await File.WriteAllTextAsync(scene.InProject(".claude/commands/review.md"), "hand-made\n", Cancellation);
        File.Copy(scene.InCollection("agents/helper-bot.md"), scene.InProject(".claude/agents/helper-bot.md"));
        Assert.Equal(DriftState.Added, scene.Drift()["command:review claude_code"]);

        Assert.Equal(["command:review claude_code Conflict", "agent:helper-bot claude_code Unchanged"], await scene.DeployAsync(scene.Request("review", "helper-bot")));

        Assert.Equal("hand-made\n", await File.ReadAllTextAsync(scene.InProject(".claude/commands/review.md"), Cancellation));
        Assert.Equal(DriftState.InSync, scene.Drift()["agent:helper-bot claude_code"]);
        Assert.Equal(["command:review claude_code Updated"], await scene.DeployAsync(scene.Request("review") with { Force = true }));
    }

    [Fact]
    public async Task A_record_that_names_the_place_of_another_artifact_is_refused()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("helper-bot"));
        var records = scene.InProject(".claude/.skillmeat-deployed.toml");
        await File.WriteAllTextAsync(records, (await File.ReadAllTextAsync(records, Cancellation)).Replace("agents/helper-bot.md", "commands/review.md", StringComparison.Ordinal), Cancellation);
        File.Delete(scene.InProject(".claude/agents/helper-bot.md"));

        Assert.All(await scene.Deployer.DeployAsync(scene.Request("helper-bot", "review"), Cancellation), one => Assert.Equal(DeployStatus.Error, one.Status));

        Assert.False(File.Exists(scene.InProject(".claude/commands/review.md")));
    }

    [Fact]
    public async Task Agents_that_share_a_folder_get_one_copy_and_one_record()
    {
        using var scene = await ProjectScene.StartAsync();

        var deployed = await scene.DeployAsync(scene.Request("notes", "helper-bot") with { Profiles = ["codex", "gemini", "cursor", "claude"] });

        Assert.Equal(
            [
                "skill:notes codex Deployed", "agent:helper-bot codex Skipped", "skill:notes gemini Unchanged", "agent:helper-bot gemini Skipped", "skill:notes cursor Unchanged", "agent:helper-bot cursor Deployed",
                "skill:notes claude_code Deployed", "agent:helper-bot claude_code Deployed",
            ],
            deployed);
        Assert.True(File.Exists(scene.InProject(".agents/skills/notes/SKILL.md")));
        Assert.True(File.Exists(scene.InProject(".cursor/agents/helper-bot.md")));
        Assert.Single((await File.ReadAllTextAsync(scene.InProject(".agents/.skillmeat-deployed.toml"), Cancellation)).Split("[[deployed]]").Skip(1));
        Assert.Equal(4, scene.Drift().Count);
        Assert.All(scene.Drift().Values, state => Assert.Equal(DriftState.InSync, state));
    }

    [Fact]
    public async Task Undeploying_leaves_what_the_user_added_and_refuses_to_remove_edits()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        await File.WriteAllTextAsync(scene.InProject(".claude/skills/notes/mine.md"), "mine", Cancellation);
        await File.AppendAllTextAsync(scene.InProject(".claude/commands/review.md"), "edited", Cancellation);

        var removed = await scene.Deployer.UndeployAsync(scene.Request(), Cancellation);

        Assert.Equal([DeployStatus.Removed, DeployStatus.Conflict, DeployStatus.Removed, DeployStatus.Removed, DeployStatus.Removed], removed.Select(one => one.Status));
        Assert.Equal("mine", await File.ReadAllTextAsync(scene.InProject(".claude/skills/notes/mine.md"), Cancellation));
        Assert.Equal([scene.InProject(".claude/skills/notes/mine.md")], Directory.GetFileSystemEntries(scene.InProject(".claude/skills/notes")));
        Assert.EndsWith("edited", await File.ReadAllTextAsync(scene.InProject(".claude/commands/review.md"), Cancellation), StringComparison.Ordinal);
        Assert.False(File.Exists(scene.InProject(".claude/agents/helper-bot.md")));

        Assert.Equal([DeployStatus.Removed], (await scene.Deployer.UndeployAsync(scene.Request() with { Force = true }, Cancellation)).Select(one => one.Status));
        Assert.False(File.Exists(scene.InProject(".claude/commands/review.md")));
    }

    [Fact]
    public async Task An_artifact_that_is_gone_is_removed_or_orphaned()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        Directory.Delete(scene.InProject(".claude/skills/notes"), recursive: true);
        await new SkillMeat.Removals.ArtifactRemover(scene.Store).RemoveAsync(new() { Artifacts = ["command:review"] }, Cancellation);

        Assert.Equal(DriftState.Removed, scene.Drift()["skill:notes claude_code"]);
        Assert.Equal(DriftState.Orphaned, scene.Drift()["command:review claude_code"]);
        Assert.Equal(["skill:notes claude_code Deployed"], await scene.DeployAsync(scene.Request("notes")));
        Assert.Equal([DeployStatus.Removed], (await scene.Deployer.UndeployAsync(scene.Request("review"), Cancellation)).Select(one => one.Status));
    }

    [Fact]
    public async Task A_project_that_is_no_folder_is_refused_and_nothing_changes()
    {
        using var scene = await ProjectScene.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(scene.Place, "file"), "x", Cancellation);
        foreach (var project in new[] { Path.Combine(scene.Place, "gone"), Path.Combine(scene.Place, "file"), scene.CollectionFolder, scene.Store.Home })
        {
            var error = await Assert.ThrowsAsync<SkillMeatException>(() => scene.Deployer.DeployAsync(scene.Request() with { Projects = [scene.Project, project] }, Cancellation));
            Assert.Contains(Path.GetFileName(project), error.Message, StringComparison.Ordinal);
        }

        Assert.Equal("", scene.Tree());
    }

    [Fact]
    public async Task Links_within_a_project_are_followed_and_links_out_of_it_are_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        Directory.CreateDirectory(scene.InProject(".claude"));
        Directory.CreateDirectory(scene.InProject("dot/skills"));
        Directory.CreateDirectory(Path.Combine(scene.Place, "elsewhere"));
        Directory.CreateSymbolicLink(scene.InProject(".claude/skills"), "../dot/skills");
        Directory.CreateSymbolicLink(scene.InProject(".claude/commands"), Path.Combine(scene.Place, "elsewhere"));

        Assert.Equal(["skill:notes claude_code Deployed"], await scene.DeployAsync(scene.Request("notes")));
        Assert.True(File.Exists(scene.InProject("dot/skills/notes/SKILL.md")));
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => scene.Deployer.DeployAsync(scene.Request("review"), Cancellation));

        Assert.Contains("leads out of the project", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(scene.Place, "elsewhere")));
    }

    [Fact]
    public async Task The_users_own_folders_are_a_project_like_any_other()
    {
        using var scene = await ProjectScene.StartAsync();

        var deployed = await scene.Deployer.DeployAsync(new DeployRequest { All = true, IncludeUser = true }, Cancellation);

        Assert.All(deployed, one => Assert.Equal(DeployStatus.Deployed, one.Status));
        Assert.True(File.Exists(Path.Combine(scene.User, ".claude", "skills", "notes", "SKILL.md")));
        var drift = new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { IncludeUser = true, IncludeInSync = true }, Cancellation);
        Assert.Equal(5, drift.Artifacts.Count);
        Assert.All(drift.Artifacts, one => Assert.Equal(DriftState.InSync, one.State));
    }
}
