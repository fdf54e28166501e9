using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Deployments that are links to the collection.</summary>
public sealed class LinkTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_is_never_in_drift_and_goes_without_the_files_it_leads_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links to files need a privilege there");
        using var scene = await ProjectScene.StartAsync();

        Assert.Equal(ProjectScene.Ids.Select(id => $"{id} claude_code Deployed"), await scene.DeployAsync(Linked(scene)));

        Assert.Equal(scene.InCollection("skills/notes"), new FileInfo(scene.InProject(".claude/skills/notes")).LinkTarget);
        Assert.Equal(scene.InCollection("commands/review.md"), new FileInfo(scene.InProject(".claude/commands/review.md")).LinkTarget);
        await File.AppendAllTextAsync(scene.InProject(".claude/skills/notes/SKILL.md"), "through the link\n", Cancellation);
        await File.AppendAllTextAsync(scene.InCollection("commands/review.md"), "newer\n", Cancellation);
        Assert.EndsWith("through the link\n", await File.ReadAllTextAsync(scene.InCollection("skills/notes/SKILL.md"), Cancellation), StringComparison.Ordinal);
        Assert.All(Drift(scene), one => Assert.True(one is { State: DriftState.InSync, IsLink: true }));
        Assert.DoesNotContain("linked", await File.ReadAllTextAsync(scene.InProject(".claude/.skillmeat-deployed.toml"), Cancellation), StringComparison.Ordinal);
        Assert.Equal(ProjectScene.Ids.Select(id => $"{id} claude_code Unchanged"), await scene.DeployAsync(Linked(scene)));
        var collection = Contents(scene.CollectionFolder);

        Assert.All(await scene.Deployer.UndeployAsync(scene.Request(), Cancellation), one => Assert.Equal(DeployStatus.Removed, one.Status));

        Assert.Equal(collection, Contents(scene.CollectionFolder));
        Assert.False(Directory.Exists(scene.InProject(".claude/skills/notes")));
        Assert.False(Directory.Exists(scene.InProject(".claude/commands")));
    }

    [Fact]
    public async Task A_link_takes_the_place_of_a_copy_and_a_copy_that_of_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links to files need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        await File.AppendAllTextAsync(scene.InCollection("commands/review.md"), "newer\n", Cancellation);
        var collection = Contents(scene.CollectionFolder);

        Assert.Equal(ProjectScene.Ids.Select(id => $"{id} claude_code Updated"), await scene.DeployAsync(Linked(scene)));
        Assert.All(Drift(scene), one => Assert.True(one is { State: DriftState.InSync, IsLink: true }));
        Assert.Equal(ProjectScene.Ids.Select(id => $"{id} claude_code Updated"), await scene.DeployAsync(scene.Request()));

        Assert.All(Drift(scene), one => Assert.True(one is { State: DriftState.InSync, IsLink: false }));
        Assert.Null(new FileInfo(scene.InProject(".claude/commands/review.md")).LinkTarget);
        Assert.Equal(collection, Contents(scene.CollectionFolder));
        Assert.Empty(Directory.GetFiles(scene.Project, ".skm-*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task An_edited_copy_is_not_replaced_by_a_link_without_force()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links to files need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes"));
        await File.AppendAllTextAsync(scene.InProject(".claude/skills/notes/SKILL.md"), "mine\n", Cancellation);
        Directory.CreateDirectory(scene.InProject(".claude/commands"));
        File.Copy(scene.InCollection("commands/review.md"), scene.InProject(".claude/commands/review.md"));
        var before = scene.Tree();

        Assert.Equal(["skill:notes claude_code Skipped", "command:review claude_code Conflict"], await scene.DeployAsync(Linked(scene, "notes", "review")));
        Assert.Equal(before, scene.Tree());
        Assert.Equal(["skill:notes claude_code Updated"], await scene.DeployAsync(Linked(scene, "notes") with { Force = true }));
        Assert.NotNull(new FileInfo(scene.InProject(".claude/skills/notes")).LinkTarget);
        Assert.True(await KeptTexts.HaveAsync(scene, "mine\n"));
    }

    [Fact]
    public async Task A_link_that_somebody_else_made_is_an_edit()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("review", "notes"));
        await File.WriteAllTextAsync(Path.Combine(scene.Place, "elsewhere.md"), "of the user", Cancellation);
        Directory.CreateDirectory(Path.Combine(scene.Place, "elsewhere"));
        await File.WriteAllTextAsync(Path.Combine(scene.Place, "elsewhere", "SKILL.md"), "of the user", Cancellation);
        File.Delete(scene.InProject(".claude/commands/review.md"));
        Directory.Delete(scene.InProject(".claude/skills/notes"), recursive: true);
        File.CreateSymbolicLink(scene.InProject(".claude/commands/review.md"), Path.Combine(scene.Place, "elsewhere.md"));
        Directory.CreateSymbolicLink(scene.InProject(".claude/skills/notes"), Path.Combine(scene.Place, "elsewhere"));
        Assert.All(scene.Drift().Values, state => Assert.Equal(DriftState.Modified, state));

        foreach (var mode in Enum.GetValues<DeployMode>())
        {
            Assert.Equal(["command:review claude_code Conflict", "skill:notes claude_code Conflict"], await scene.DeployAsync(scene.Request("review", "notes") with { Mode = mode }));
        }

        Assert.All(await scene.Deployer.UndeployAsync(scene.Request(), Cancellation), one => Assert.Equal(DeployStatus.Conflict, one.Status));
        Assert.NotNull(new FileInfo(scene.InProject(".claude/commands/review.md")).LinkTarget);
        Assert.Equal(["command:review claude_code Updated"], await scene.DeployAsync(scene.Request("review") with { Force = true }));
        Assert.All(await scene.Deployer.UndeployAsync(scene.Request("notes") with { Force = true }, Cancellation), one => Assert.Equal(DeployStatus.Removed, one.Status));
        Assert.Equal("of the user", await File.ReadAllTextAsync(Path.Combine(scene.Place, "elsewhere.md"), Cancellation));
        Assert.Equal("of the user", await File.ReadAllTextAsync(Path.Combine(scene.Place, "elsewhere", "SKILL.md"), Cancellation));
        Assert.True(await KeptTexts.HaveAsync(scene, Path.Combine(scene.Place, "elsewhere")));
    }

    [Fact]
    public async Task A_link_whose_artifact_is_gone_is_orphaned_and_can_be_removed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links to files need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(Linked(scene, "notes", "review"));
        await new SkillMeat.Removals.ArtifactRemover(scene.Store).RemoveAsync(new() { Artifacts = ["skill:notes", "command:review"] }, Cancellation);

        Assert.All(scene.Drift().Values, state => Assert.Equal(DriftState.Orphaned, state));
        Assert.All(await scene.Deployer.UndeployAsync(scene.Request(), Cancellation), one => Assert.Equal(DeployStatus.Removed, one.Status));

        Assert.False(Directory.Exists(scene.InProject(".claude/skills")));
    }

    [Theory]
    [InlineData(DeployMode.Copy)]
    [InlineData(DeployMode.Link)]
    public async Task A_link_without_a_record_is_replaced_only_by_force(DeployMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        Directory.CreateDirectory(scene.InProject(".claude/skills"));
        Directory.CreateSymbolicLink(scene.InProject(".claude/skills/notes"), scene.InCollection("hooks/guard"));
        var request = scene.Request("notes") with { Mode = mode };

        Assert.Equal(["skill:notes claude_code Conflict"], await scene.DeployAsync(request));
        Assert.Equal(scene.InCollection("hooks/guard"), new FileInfo(scene.InProject(".claude/skills/notes")).LinkTarget);
        var outcome = Assert.Single(await scene.Deployer.DeployAsync(request with { Force = true }, Cancellation));

        Assert.Equal(DeployStatus.Updated, outcome.Status);
        Assert.Contains(scene.InCollection("hooks/guard"), outcome.Reason, StringComparison.Ordinal);
        Assert.True(await KeptTexts.HaveAsync(scene, scene.InCollection("hooks/guard")));
        Assert.True(File.Exists(scene.InCollection("hooks/guard/check.sh")));
        Assert.True(File.Exists(scene.InProject(".claude/skills/notes/SKILL.md")));
    }

    [Fact]
    public async Task A_link_into_a_collection_that_lies_elsewhere_is_removed_whichever_collection_is_active()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        Directory.Move(scene.CollectionFolder, Path.Combine(scene.Place, "elsewhere"));
        Directory.CreateSymbolicLink(scene.CollectionFolder, Path.Combine(scene.Place, "elsewhere"));
        await scene.DeployAsync(Linked(scene, "notes"));
        await scene.Store.CreateAsync("other", TimeSpan.FromSeconds(10), Cancellation);
        await scene.Store.SetActiveAsync("other", TimeSpan.FromSeconds(10), Cancellation);

        Assert.Equal([DeployStatus.Removed], (await scene.Deployer.UndeployAsync(scene.Request("notes"), Cancellation)).Select(one => one.Status));

        Assert.False(Directory.Exists(scene.InProject(".claude/skills")));
        Assert.True(File.Exists(Path.Combine(scene.Place, "elsewhere", "skills", "notes", "SKILL.md")));
    }

    [Theory]
    [InlineData("skills/notes")]
    [InlineData("skills")]
    public async Task An_artifact_that_is_a_link_in_the_collection_is_refused_alone(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        Directory.Move(scene.InCollection(path), Path.Combine(scene.Place, "elsewhere"));
        Directory.CreateSymbolicLink(scene.InCollection(path), Path.Combine(scene.Place, "elsewhere"));
        foreach (var request in new[] { scene.Request("notes", "review") with { DryRun = true }, Linked(scene, "notes", "review"), scene.Request("notes", "review") })
        {
            var outcomes = await scene.Deployer.DeployAsync(request, Cancellation);

            Assert.Equal(DeployStatus.Error, outcomes[0].Status);
            Assert.Contains($"'{path}' in the collection is a link", outcomes[0].Reason, StringComparison.Ordinal);
            Assert.NotEqual(DeployStatus.Error, outcomes[1].Status);
            Assert.False(Directory.Exists(scene.InProject(".claude/skills/notes")));
        }
    }

    private static DeployRequest Linked(ProjectScene scene, params string[] artifacts) => scene.Request(artifacts) with { Mode = DeployMode.Link };

    private static IReadOnlyList<ArtifactDrift> Drift(ProjectScene scene) =>
        [.. new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { Projects = [scene.Project], IncludeInSync = true }, Cancellation).Artifacts];

    private static string Contents(string folder) => string.Join('\n', Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => $"{path} {File.ReadAllText(path)}"));
}
