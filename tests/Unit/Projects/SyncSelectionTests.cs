using SkillMeat.Errors;
using SkillMeat.Projects.Syncing;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>The copies that a sync takes: whole projects, and single copies.</summary>
public sealed class SyncSelectionTests
{
    [Fact]
    public async Task Single_copies_are_synchronized_alone_and_with_whole_projects()
    {
        using var scene = await ProjectScene.StartAsync();
        var other = Directory.CreateDirectory(Path.Combine(scene.Place, "other")).FullName;
        await scene.DeployAsync(scene.Request("skill:notes", "command:review") with { Projects = [scene.Project, other], IncludeUser = true });
        await scene.DeployAsync(scene.Request("skill:notes") with { Profiles = ["codex"] });

        Assert.Equal(["project skill:notes claude_code"], Sync([Copy("skill:notes", "claude-code")]));
        Assert.Equal(["project skill:notes claude_code", "project skill:notes codex"], Sync([Copy("skill:notes", null)]));
        Assert.Equal(["user command:review claude_code"], Sync([new DeployedCopy(null, "command:review")]));
        Assert.Equal(
            ["other command:review claude_code", "other skill:notes claude_code", "project command:review claude_code"],
            Sync([Copy("command:review", null), new DeployedCopy(other, "skill:notes")], other));
        Assert.Empty(Sync([Copy("skill:notes", "nobody"), Copy("agent:helper-bot", null)]));
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<SkillMeatException>(() => Sync([Copy("notes", null)])).ErrorId);
        Assert.Equal(ErrorIds.ProjectNotFound, Assert.Throws<SkillMeatException>(() => Sync([new DeployedCopy(Path.Combine(other, "none"), "skill:notes")])).ErrorId);

        DeployedCopy Copy(string artifact, string? profile) => new(scene.Project, artifact, profile);

        IEnumerable<string> Sync(IReadOnlyList<DeployedCopy> copies, params string[] projects) =>
            new ProjectSyncer(scene.Store, scene.Environment).Plan(new SyncRequest { Copies = copies, Projects = projects }, TestContext.Current.CancellationToken)
                .Entries.Select(entry => $"{Path.GetFileName(entry.Project)} {entry.ArtifactId} {entry.Profile}").Order(StringComparer.Ordinal);
    }
}
