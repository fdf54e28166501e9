using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Syncing;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Two homes that deploy to one project.</summary>
public sealed class TwoHomesTests
{
    private const string Skill = ".claude/skills/notes/SKILL.md";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_newer_version_of_another_home_is_not_replaced_by_an_older_one(bool hasDeployed)
    {
        using var scene = await ProjectScene.StartAsync();
        var other = await CloneHomeAsync(scene);
        if (hasDeployed) await new ArtifactDeployer(other, scene.Environment).DeployAsync(scene.Request("notes", "review"), Cancellation);
        await scene.DeployAsync(scene.Request("notes", "review"));
        await File.AppendAllTextAsync(scene.InProject(Skill), "edited in the project\n", Cancellation);
        await File.AppendAllTextAsync(scene.InProject(".claude/commands/review.md"), "edited, too\n", Cancellation);
        await new ProjectSyncer(scene.Store, scene.Environment).SyncAsync(new SyncRequest { Projects = [scene.Project], Direction = SyncDirection.Push }, Cancellation);
        var before = scene.Tree();

        var outcomes = await new ArtifactDeployer(other, scene.Environment).DeployAsync(scene.Request("notes", "review"), Cancellation);

        Assert.All(outcomes, one => Assert.Equal(DeployStatus.Conflict, one.Status));
        Assert.All(outcomes, one => Assert.Contains(hasDeployed ? "deployed a newer version" : "Another home deployed a", one.Reason, StringComparison.Ordinal));
        Assert.Equal(before, scene.Tree());

        var forced = await new ArtifactDeployer(other, scene.Environment).DeployAsync(scene.Request("notes", "review") with { Force = true }, Cancellation);

        Assert.All(forced, one => Assert.Contains("kept in the object store", one.Reason, StringComparison.Ordinal));
        Assert.True(await KeptTexts.HaveAsync(other, scene.Project, "edited in the project\n"));
        Assert.True(await KeptTexts.HaveAsync(other, scene.Project, "edited, too\n"));
    }

    [Fact]
    public async Task A_pull_keeps_the_version_of_another_home_that_it_replaces()
    {
        using var scene = await ProjectScene.StartAsync();
        var other = await CloneHomeAsync(scene);
        await scene.DeployAsync(scene.Request("notes"));
        await File.AppendAllTextAsync(scene.InProject(Skill), "edited in the project\n", Cancellation);
        await new ProjectSyncer(scene.Store, scene.Environment).SyncAsync(new SyncRequest { Projects = [scene.Project], Direction = SyncDirection.Push }, Cancellation);

        var pulled = await new ProjectSyncer(other, scene.Environment).SyncAsync(new SyncRequest { Projects = [scene.Project], Direction = SyncDirection.Pull }, Cancellation);

        Assert.Equal(SyncStatus.Pulled, Assert.Single(pulled.Entries).Status);
        Assert.True(await KeptTexts.HaveAsync(other, scene.Project, "edited in the project\n"));
    }

    [Fact]
    public async Task An_earlier_version_of_this_collection_is_replaced_whoever_deployed_it()
    {
        using var scene = await ProjectScene.StartAsync();
        var other = await CloneHomeAsync(scene);
        await new ArtifactDeployer(other, scene.Environment).DeployAsync(scene.Request("notes"), Cancellation);
        await File.AppendAllTextAsync(scene.InCollection("skills/notes/SKILL.md"), "newer\n", Cancellation);

        Assert.Equal(["skill:notes claude_code Updated"], await scene.DeployAsync(scene.Request("notes")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_removal_keeps_the_version_of_another_home(bool hasAddedFile)
    {
        using var scene = await ProjectScene.StartAsync();
        var other = await CloneHomeAsync(scene);
        await scene.DeployAsync(scene.Request("notes", "review"));
        await File.AppendAllTextAsync(scene.InProject(Skill), "edited in the project\n", Cancellation);
        await File.AppendAllTextAsync(scene.InProject(".claude/commands/review.md"), "edited, too\n", Cancellation);
        await new ProjectSyncer(scene.Store, scene.Environment).SyncAsync(new SyncRequest { Projects = [scene.Project], Direction = SyncDirection.Push }, Cancellation);
        if (hasAddedFile) await File.WriteAllTextAsync(scene.InProject(".claude/skills/notes/mine.md"), "mine\n", Cancellation);

        var removed = await new ArtifactDeployer(other, scene.Environment).UndeployAsync(scene.Request("notes", "review"), Cancellation);

        Assert.Equal(hasAddedFile ? DeployStatus.Conflict : DeployStatus.Removed, removed.Single(one => one.Name == "notes").Status);
        Assert.Equal(DeployStatus.Removed, removed.Single(one => one.Name == "review").Status);
        Assert.Equal(hasAddedFile, File.Exists(scene.InProject(Skill)));
        if (!hasAddedFile) Assert.True(await KeptTexts.HaveAsync(other, scene.Project, "edited in the project\n"));
        Assert.True(await KeptTexts.HaveAsync(other, scene.Project, "edited, too\n"));
    }

    // Another home whose collection came from the same upstream.
    private static async Task<CollectionStore> CloneHomeAsync(ProjectScene scene)
    {
        var home = Path.Combine(scene.Place, "other-home");
        foreach (var file in Directory.GetFiles(scene.Store.Home, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            var target = Path.Combine(home, Path.GetRelativePath(scene.Store.Home, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync(target, await File.ReadAllBytesAsync(file, Cancellation), Cancellation);
        }

        return CollectionStore.Open(home);
    }
}
