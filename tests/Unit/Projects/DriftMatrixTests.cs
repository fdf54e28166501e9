using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Removals;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Every combination of changes in the collection and in a project, for artifacts of all types, copied and linked.</summary>
public sealed class DriftMatrixTests
{
    private static readonly (string Id, string File)[] _artifacts =
    [
        ("skill:notes", "skills/notes/SKILL.md"), ("command:review", "commands/review.md"), ("agent:helper-bot", "agents/helper-bot.md"), ("hook:guard", "hooks/guard/settings.json"), ("mcp:files", "mcp/files/.mcp.json"),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The state, and what a deployment without force and a removal without force come to.
    public static TheoryData<string, string, DeployMode, DriftState, DeployStatus, DeployStatus> Cells => new()
    {
        { "same", "same", DeployMode.Copy, DriftState.InSync, DeployStatus.Unchanged, DeployStatus.Removed },
        { "same", "edited", DeployMode.Copy, DriftState.Modified, DeployStatus.Skipped, DeployStatus.Conflict },
        { "same", "gone", DeployMode.Copy, DriftState.Removed, DeployStatus.Deployed, DeployStatus.Removed },
        { "newer", "same", DeployMode.Copy, DriftState.Outdated, DeployStatus.Updated, DeployStatus.Removed },
        { "newer", "edited", DeployMode.Copy, DriftState.Conflict, DeployStatus.Conflict, DeployStatus.Conflict },
        { "newer", "newer", DeployMode.Copy, DriftState.Converged, DeployStatus.Unchanged, DeployStatus.Conflict },
        { "newer", "gone", DeployMode.Copy, DriftState.Removed, DeployStatus.Deployed, DeployStatus.Removed },
        { "gone", "same", DeployMode.Copy, DriftState.Orphaned, DeployStatus.Error, DeployStatus.Removed },
        { "gone", "edited", DeployMode.Copy, DriftState.Orphaned, DeployStatus.Error, DeployStatus.Conflict },
        { "gone", "gone", DeployMode.Copy, DriftState.Removed, DeployStatus.Error, DeployStatus.Removed },
        { "same", "same", DeployMode.Link, DriftState.InSync, DeployStatus.Unchanged, DeployStatus.Removed },
        // An edit through the link.
        { "same", "edited", DeployMode.Link, DriftState.InSync, DeployStatus.Unchanged, DeployStatus.Removed },
        { "same", "gone", DeployMode.Link, DriftState.Removed, DeployStatus.Deployed, DeployStatus.Removed },
        { "newer", "same", DeployMode.Link, DriftState.InSync, DeployStatus.Unchanged, DeployStatus.Removed },
        { "newer", "edited", DeployMode.Link, DriftState.InSync, DeployStatus.Unchanged, DeployStatus.Removed },
        { "newer", "gone", DeployMode.Link, DriftState.Removed, DeployStatus.Deployed, DeployStatus.Removed },
        { "gone", "same", DeployMode.Link, DriftState.Orphaned, DeployStatus.Error, DeployStatus.Removed },
        { "gone", "gone", DeployMode.Link, DriftState.Removed, DeployStatus.Error, DeployStatus.Removed },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_cell_has_its_state_and_loses_no_edit(string collection, string project, DeployMode mode, DriftState state, DeployStatus deployed, DeployStatus removed)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && mode == DeployMode.Link, "links to files need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request() with { Mode = mode });
        foreach (var (id, file) in _artifacts)
        {
            var copy = scene.InProject($".claude/{file}");
            if (project is "edited" or "newer") await File.AppendAllTextAsync(copy, project + "\n", Cancellation);
            if (project == "gone") Delete(scene.InProject($".claude/{Root(file)}"));
            if (collection == "newer") await File.AppendAllTextAsync(scene.InCollection(file), "newer\n", Cancellation);
            if (collection == "gone") await new ArtifactRemover(scene.Store).RemoveAsync(new() { Artifacts = [id], SkipSnapshot = true }, Cancellation);
        }

        foreach (var isFull in new[] { false, false, true })
        {
            var drift = Check(scene, isFull);
            Assert.Equal(_artifacts.Select(one => $"{one.Id} {state}"), drift.Select(one => $"{one.ArtifactId} {one.State}"));
            Assert.All(drift, one => Assert.Equal(state is DriftState.Modified or DriftState.Outdated or DriftState.Conflict, one.ChangedFiles.Count > 0));
            Assert.All(drift, one => Assert.Equal(mode == DeployMode.Link && project != "gone", one.IsLink));
        }

        var before = scene.Tree();
        if (deployed == DeployStatus.Error)
        {
            await Assert.ThrowsAsync<SkillMeat.Errors.SkillMeatException>(() => scene.Deployer.DeployAsync(scene.Request("skill:notes") with { Mode = mode }, Cancellation));
        }
        else
        {
            Assert.Equal(_artifacts.Select(one => $"{one.Id} claude_code {deployed}"), await scene.DeployAsync(scene.Request() with { Mode = mode }));
            var after = Check(scene, isFull: true);
            Assert.All(after, one => Assert.Equal(deployed is DeployStatus.Skipped or DeployStatus.Conflict ? state : DriftState.InSync, one.State));
        }

        if (deployed is DeployStatus.Skipped or DeployStatus.Conflict or DeployStatus.Error) Assert.Equal(before, scene.Tree());
        // A deployment that took over the collection's content can be removed.
        var isTaken = deployed is not (DeployStatus.Skipped or DeployStatus.Conflict or DeployStatus.Error);
        var outcomes = await scene.Deployer.UndeployAsync(scene.Request(), Cancellation);
        Assert.Equal(_artifacts.Select(one => $"{one.Id} {(isTaken ? DeployStatus.Removed : removed)}"), outcomes.Select(one => $"{one.ArtifactId} {one.Status}"));
        if (!isTaken && removed == DeployStatus.Conflict) Assert.Equal(before, scene.Tree());
        else Assert.Empty(Directory.GetFileSystemEntries(scene.Project));
        if (collection != "gone") Assert.All(_artifacts, one => Assert.True(File.Exists(scene.InCollection(one.File))));
    }

    private static IReadOnlyList<ArtifactDrift> Check(ProjectScene scene, bool isFull) =>
        [.. new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { Projects = [scene.Project], IncludeInSync = true, IsFull = isFull }, Cancellation).Artifacts];

    private static string Root(string file) => string.Join('/', file.Split('/')[..2]);

    private static void Delete(string path)
    {
        if (new FileInfo(path).LinkTarget is not null || File.Exists(path)) File.Delete(path);
        else Directory.Delete(path, recursive: true);
    }
}
