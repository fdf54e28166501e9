using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Removals of copies that this home does not know, and of those that several records name.</summary>
public sealed class UndeployTests
{
    private const string Records = ".claude/.skillmeat-deployed.toml";
    private const string Skill = ".claude/skills/notes";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Files_beside_a_copy_of_another_home_stay(bool hasMovedOn, bool isForced)
    {
        using var scene = await StartElsewhereAsync();
        await File.WriteAllTextAsync(scene.InProject($"{Skill}/mine.md"), "mine", Cancellation);
        if (hasMovedOn) await File.AppendAllTextAsync(scene.InCollection("skills/notes/SKILL.md"), "newer\n", Cancellation);
        if (isForced) await File.AppendAllTextAsync(scene.InProject($"{Skill}/SKILL.md"), "edited\n", Cancellation);
        var request = scene.Request("notes") with { Force = isForced };

        var plan = Assert.Single(await scene.Deployer.UndeployAsync(request with { DryRun = true }, Cancellation));
        var removed = Assert.Single(await scene.Deployer.UndeployAsync(request, Cancellation));

        Assert.Equal(DeployStatus.Removed, plan.Status);
        Assert.Equal(DeployStatus.Removed, removed.Status);
        Assert.Contains("Files that you added stay: mine.md.", plan.Reason, StringComparison.Ordinal);
        Assert.Contains("Files that you added stay: mine.md.", removed.Reason, StringComparison.Ordinal);
        Assert.Equal([scene.InProject($"{Skill}/mine.md")], Directory.GetFileSystemEntries(scene.InProject(Skill)));
        if (!isForced) return;
        Assert.Matches("kept in the object store as [0-9a-f]{40}", removed.Reason);
        Assert.True(await KeptTexts.HaveAsync(scene, "edited\n"));
    }

    [Fact]
    public async Task Folders_that_a_deployment_made_go_with_it_and_those_of_the_user_stay()
    {
        using var scene = await ProjectScene.StartAsync();
        Directory.CreateDirectory(scene.InProject(".claude/commands"));
        await scene.DeployAsync(scene.Request("notes", "review"));
        await scene.DeployAsync(scene.Request("helper-bot") with { Profiles = ["claude", "cursor"] });

        await scene.Deployer.UndeployAsync(scene.Request("notes"), Cancellation);
        Assert.Equal(["agents", "commands"], Directory.GetDirectories(scene.InProject(".claude")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        // A folder that the user makes again is the user's.
        Directory.CreateDirectory(scene.InProject(".claude/skills"));
        await scene.DeployAsync(scene.Request("notes"));
        await scene.Deployer.UndeployAsync(scene.Request() with { Profiles = ["*"] }, Cancellation);

        Assert.Equal([".claude"], Directory.GetFileSystemEntries(scene.Project).Select(path => Path.GetFileName(path)));
        Assert.Equal(["commands", "skills"], Directory.GetFileSystemEntries(scene.InProject(".claude")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_file_in_the_project_that_only_looks_like_the_mark_of_a_change_is_a_warning_of_the_result()
    {
        using var scene = await ProjectScene.StartAsync();
        await File.WriteAllTextAsync(scene.InProject(".skm-0123456789abcdef.consent"), "no consent", Cancellation);

        var done = await scene.Deployer.DeployAsync(scene.Request("notes", "review"), Cancellation);

        Assert.Contains("looks like the mark of an interrupted change", Assert.Single(done.SelectMany(one => one.Warnings)), StringComparison.Ordinal);
        Assert.Single((await scene.Deployer.UndeployAsync(scene.Request("notes", "review"), Cancellation)).SelectMany(one => one.Warnings));
    }

    [Fact]
    public async Task Without_a_base_force_removes_only_files_that_the_collection_has_too()
    {
        using var scene = await StartElsewhereAsync();
        await ForgetHashAsync(scene);
        await File.WriteAllTextAsync(scene.InProject($"{Skill}/mine.md"), "mine", Cancellation);
        await File.AppendAllTextAsync(scene.InProject($"{Skill}/SKILL.md"), "edited\n", Cancellation);
        var before = scene.Tree();

        Assert.Equal([DeployStatus.Conflict], (await scene.Deployer.UndeployAsync(scene.Request("notes"), Cancellation)).Select(one => one.Status));
        Assert.Equal(before, scene.Tree());
        Assert.Equal([DeployStatus.Removed], (await scene.Deployer.UndeployAsync(scene.Request("notes") with { Force = true }, Cancellation)).Select(one => one.Status));

        Assert.Equal([scene.InProject($"{Skill}/mine.md")], Directory.GetFileSystemEntries(scene.InProject(Skill)));
        Assert.True(await KeptTexts.HaveAsync(scene, "edited\n"));
    }

    [Fact]
    public async Task A_copy_of_which_nothing_is_known_is_left_to_the_user()
    {
        using var scene = await StartElsewhereAsync();
        await ForgetHashAsync(scene);
        await new SkillMeat.Removals.ArtifactRemover(scene.Store).RemoveAsync(new() { Artifacts = ["skill:notes"] }, Cancellation);
        await File.WriteAllTextAsync(scene.InProject($"{Skill}/mine.md"), "mine", Cancellation);
        var before = scene.Tree();

        var outcome = Assert.Single(await scene.Deployer.UndeployAsync(scene.Request("notes") with { Force = true }, Cancellation));

        Assert.Equal(DeployStatus.Conflict, outcome.Status);
        Assert.Contains("remove the folder by hand", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal(before, scene.Tree());
    }

    [Fact]
    public async Task A_removal_of_an_edited_copy_says_where_the_edit_is_kept()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("review"));
        await File.AppendAllTextAsync(scene.InProject(".claude/commands/review.md"), "edited\n", Cancellation);

        var deployed = Assert.Single(await scene.Deployer.DeployAsync(scene.Request("review") with { Force = true }, Cancellation));
        await File.AppendAllTextAsync(scene.InProject(".claude/commands/review.md"), "again\n", Cancellation);
        var removed = Assert.Single(await scene.Deployer.UndeployAsync(scene.Request("review") with { Force = true }, Cancellation));

        foreach (var (outcome, text) in new[] { (deployed, "edited\n"), (removed, "again\n") })
        {
            var id = System.Text.RegularExpressions.Regex.Match(outcome.Reason!, "[0-9a-f]{40,}").Value;
            Assert.True(SkillMeat.Objects.ObjectId.TryParse(id, out var found));
            Assert.EndsWith(text, System.Text.Encoding.UTF8.GetString(scene.Store.Objects.ReadBlob(found)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Files_that_another_record_names_stay_until_that_is_removed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await StartSharedAsync();

        var removed = Assert.Single(await scene.Deployer.UndeployAsync(scene.Request("notes") with { Profiles = ["claude"] }, Cancellation));

        Assert.Equal(DeployStatus.Removed, removed.Status);
        Assert.Contains("skill:notes for codex", removed.Reason, StringComparison.Ordinal);
        Assert.True(File.Exists(scene.InProject($"{Skill}/SKILL.md")));
        Assert.Equal(DriftState.InSync, Assert.Single(scene.Drift()).Value);
        Assert.Equal([DeployStatus.Removed], (await scene.Deployer.UndeployAsync(scene.Request("notes") with { Profiles = ["codex"] }, Cancellation)).Select(one => one.Status));
        Assert.False(Directory.Exists(scene.InProject(Skill)));
    }

    [Fact]
    public async Task All_records_of_one_copy_can_be_removed_at_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await StartSharedAsync();

        var removed = await scene.Deployer.UndeployAsync(scene.Request("notes") with { Profiles = ["*"] }, Cancellation);

        Assert.Equal([DeployStatus.Removed, DeployStatus.Removed], removed.Select(one => one.Status));
        Assert.DoesNotContain(removed, one => one.Reason?.Contains("stays", StringComparison.Ordinal) == true);
        Assert.False(Directory.Exists(scene.InProject(Skill)));
        Assert.Empty(scene.Drift());
    }

    [Fact]
    public async Task Two_profile_roots_that_are_one_have_one_removal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes", "review"));
        Directory.CreateSymbolicLink(scene.InProject(".agents"), ".claude");

        var removed = await scene.Deployer.UndeployAsync(scene.Request() with { Profiles = ["*"] }, Cancellation);

        Assert.Equal(["skill:notes Removed", "command:review Removed"], removed.Select(one => $"{one.ArtifactId} {one.Status}"));
        Assert.False(Directory.Exists(scene.InProject(Skill)));
        Assert.False(Directory.Exists(scene.InProject(".claude")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_record_that_a_merge_left_twice_is_removed_once(bool isOtherCollection)
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes"));
        var records = await File.ReadAllTextAsync(scene.InProject(Records), Cancellation);
        var again = records[records.IndexOf("[[deployed]]", StringComparison.Ordinal)..];
        if (isOtherCollection) again = again.Replace("\"default\"", "\"other\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(scene.InProject(Records), $"{records.TrimEnd()}\n\n{again}", Cancellation);

        Assert.Equal([DeployStatus.Removed], (await scene.Deployer.UndeployAsync(scene.Request(), Cancellation)).Select(one => one.Status));

        Assert.False(File.Exists(scene.InProject(Records)));
        Assert.False(Directory.Exists(scene.InProject(Skill)));
    }

    [Fact]
    public async Task Parts_that_another_home_added_to_the_settings_are_named()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("guard", "files") with { Activate = true });
        Directory.Delete(Path.Combine(scene.Store.Home, "activations"), recursive: true);
        var (hooks, servers) = (await File.ReadAllTextAsync(scene.InProject(".claude/settings.json"), Cancellation), await File.ReadAllTextAsync(scene.InProject(".mcp.json"), Cancellation));

        var removed = await scene.Deployer.UndeployAsync(scene.Request(), Cancellation);

        Assert.Equal([DeployStatus.Removed, DeployStatus.Removed], removed.Select(one => one.Status));
        Assert.Contains("settings.json' still has its parts", removed[0].Reason, StringComparison.Ordinal);
        Assert.Contains(".mcp.json' still has its parts", removed[1].Reason, StringComparison.Ordinal);
        Assert.Equal(hooks, await File.ReadAllTextAsync(scene.InProject(".claude/settings.json"), Cancellation));
        Assert.Equal(servers, await File.ReadAllTextAsync(scene.InProject(".mcp.json"), Cancellation));
    }

    // A copy whose base this home has not kept.
    private static async Task<ProjectScene> StartElsewhereAsync()
    {
        var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes"));
        Directory.Delete(Path.Combine(scene.Store.Home, "deployments"), recursive: true);
        return scene;
    }

    private static async Task ForgetHashAsync(ProjectScene scene)
    {
        var records = await File.ReadAllTextAsync(scene.InProject(Records), Cancellation);
        await File.WriteAllTextAsync(scene.InProject(Records), System.Text.RegularExpressions.Regex.Replace(records, "[0-9a-f]{64}", new string('a', 64)), Cancellation);
    }

    // A record in each of two profile roots, of which one's folder became a link to the other's.
    private static async Task<ProjectScene> StartSharedAsync()
    {
        var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes") with { Profiles = ["claude", "codex"] });
        Directory.Delete(scene.InProject(".agents/skills"), recursive: true);
        Directory.CreateSymbolicLink(scene.InProject(".agents/skills"), "../.claude/skills");
        return scene;
    }
}
