using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Desired;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Restoring;
using SkillMeat.Projects.Syncing;
using SkillMeat.Tests.Recovery;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>A project whose folder has become something else since it was deployed to: a clear error of every operation, and nothing is changed.</summary>
public sealed class HostilePlaceTests
{
    private const string Skill = ".claude/skills/notes/SKILL.md";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gone", ErrorIds.ProjectNotFound, "There is no folder")]
    [InlineData("file", ErrorIds.ProjectNotFound, "is a file")]
    [InlineData("link", ErrorIds.InvalidArgument, "Name the folder that it leads to")]
    [InlineData("link to nothing", ErrorIds.ProjectNotFound, "There is no folder")]
    [InlineData("in the collection", ErrorIds.InvalidArgument, "lies in the SkillMeat home")]
    [InlineData("in the home", ErrorIds.InvalidArgument, "lies in the SkillMeat home")]
    public async Task No_operation_changes_anything_where_the_project_has_become_something_else(string place, string id, string text)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && place.StartsWith("link", StringComparison.Ordinal), "links need a privilege there");
        using var scene = await ChangedAsync();
        var moved = Path.Combine(scene.Place, "moved");
        var project = place switch
        {
            "in the collection" => scene.InCollection("skills/project"),
            "in the home" => Path.Combine(scene.Store.Home, "project"),
            _ => scene.Project,
        };
        if (place.StartsWith("in ", StringComparison.Ordinal)) TreeCopy.Make(scene.Project, project);
        else Directory.Move(scene.Project, moved);
        if (place == "file") await File.WriteAllTextAsync(project, "mine", Cancellation);
        if (place.StartsWith("link", StringComparison.Ordinal)) Directory.CreateSymbolicLink(project, place == "link" ? moved : Path.Combine(scene.Place, "nowhere"));
        // Another project of the same request stays as it is, too.
        var other = Directory.CreateDirectory(Path.Combine(scene.Place, "other")).FullName;
        var before = HomeState.Read(scene.Place);

        foreach (var act in Operations(scene.Store, scene, [other, project]))
        {
            var error = await Assert.ThrowsAnyAsync<SkillMeatException>(act);
            Assert.Equal(id, error.ErrorId);
            Assert.Contains(text, error.Message, StringComparison.Ordinal);
            Assert.Equal("", HomeState.Difference(before, HomeState.Read(scene.Place)));
        }
    }

    [Fact]
    public async Task No_operation_changes_anything_where_the_project_is_read_only()
    {
        using var scene = await ChangedAsync();
        var other = Directory.CreateDirectory(Path.Combine(scene.Place, "other")).FullName;
        await scene.Deployer.DeployAsync(scene.Request("notes", "review") with { Projects = [other] }, Cancellation);
        await File.AppendAllTextAsync(Path.Combine(other, Skill), "mine\n", Cancellation);
        var before = State(scene, other);
        var faults = new Faults((_, _, path) =>
        {
            if (path == scene.Project || path.StartsWith(scene.Project + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw Faults.ReadOnly;
        });
        foreach (var act in Operations(CollectionStore.Open(scene.Store.Home, TimeProvider.System, faults), scene, [other, scene.Project]))
        {
            var error = await Assert.ThrowsAsync<StorageException>(act);
            Assert.Equal(ErrorIds.StorageFailed, error.ErrorId);
            Assert.Contains(scene.Project, error.Message, StringComparison.Ordinal);
            Assert.Contains("ead-only", error.Message, StringComparison.Ordinal);
            Assert.Empty(CollectionStore.Open(scene.Store.Home).Notices);
            Assert.Equal("", HomeState.Difference(before, State(scene, other)));
        }

        // Reading works.
        Assert.Equal(2, new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { Projects = [scene.Project] }, Cancellation).Artifacts.Count);
    }

    [Theory]
    [InlineData(DeployMode.Copy)]
    [InlineData(DeployMode.Link)]
    public async Task A_project_on_another_volume_is_one_like_any_other(DeployMode mode)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Directory.Exists("/dev/shm") && !Path.GetTempPath().StartsWith("/dev/shm", StringComparison.Ordinal), "there is no other volume");
        var volume = Directory.CreateDirectory($"/dev/shm/skm-volume-{Guid.NewGuid():N}").FullName;
        try
        {
            using var scene = await ProjectScene.StartAsync();
            var request = scene.Request() with { Projects = [scene.Project, volume], Mode = mode, Activate = true };
            Assert.All(await scene.Deployer.DeployAsync(request, Cancellation), one => Assert.Equal(DeployStatus.Deployed, one.Status));
            await File.AppendAllTextAsync(Path.Combine(volume, Skill), "mine\n", Cancellation);
            var synced = await new ProjectSyncer(scene.Store, scene.Environment).SyncAsync(new SyncRequest { Projects = [scene.Project, volume] }, Cancellation);
            Assert.DoesNotContain(synced.Entries, entry => entry.Status is SyncStatus.Error or SyncStatus.Conflict);
            Assert.EndsWith("mine\n", await File.ReadAllTextAsync(scene.InCollection("skills/notes/SKILL.md"), Cancellation), StringComparison.Ordinal);
            Assert.EndsWith("mine\n", await File.ReadAllTextAsync(scene.InProject(Skill), Cancellation), StringComparison.Ordinal);
            Assert.Empty(new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { Projects = [scene.Project, volume], IsFull = true }, Cancellation).Artifacts);
            Assert.All(await scene.Deployer.UndeployAsync(request, Cancellation), one => Assert.Equal(DeployStatus.Removed, one.Status));
            Assert.Empty(Directory.GetFileSystemEntries(volume));
            Assert.Empty(Directory.GetFileSystemEntries(scene.Project));
        }
        finally
        {
            TreeCopy.Delete(volume);
        }
    }

    private static IEnumerable<Func<Task>> Operations(CollectionStore store, ProjectScene scene, string[] projects)
    {
        var wait = TimeSpan.FromSeconds(5);
        var deployer = new ArtifactDeployer(store, scene.Environment);
        var request = scene.Request("notes", "review") with { Projects = projects, LockTimeout = wait };
        var syncer = new ProjectSyncer(store, scene.Environment);
        yield return () => deployer.DeployAsync(request, Cancellation);
        yield return () => deployer.DeployAsync(request with { Force = true, Activate = true }, Cancellation);
        yield return () => deployer.UndeployAsync(request with { Force = true }, Cancellation);
        foreach (var direction in new[] { SyncDirection.Pull, SyncDirection.Both }) yield return () => syncer.SyncAsync(new SyncRequest { Projects = projects, Direction = direction, LockTimeout = wait }, Cancellation);
        yield return () => syncer.SyncAsync(new SyncRequest { Projects = projects, Direction = SyncDirection.Pull, Strategy = SyncStrategy.Overwrite, LockTimeout = wait }, Cancellation);
        yield return () => new ProjectRestorer(store, scene.Environment).RestoreAsync(new RestoreCopiesRequest { Projects = projects, Force = true, LockTimeout = wait }, Cancellation);
        yield return () => new ProjectExporter(store, scene.Environment).ExportAsync(projects[^1], dryRun: false, wait, Cancellation);
        yield return () => new ProjectInstaller(store, scene.Environment).InstallAsync(new ProjectInstallRequest { Project = projects[^1], Force = true, LockTimeout = wait }, session: null, Cancellation);
    }

    // A project in which there is something to do for every operation.
    private static async Task<ProjectScene> ChangedAsync()
    {
        var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes", "review"));
        await File.AppendAllTextAsync(scene.InProject(Skill), "replaced\n", Cancellation);
        await scene.DeployAsync(scene.Request("notes") with { Force = true });
        await File.AppendAllTextAsync(scene.InProject(Skill), "mine\n", Cancellation);
        await File.AppendAllTextAsync(scene.InCollection("commands/review.md"), "newer\n", Cancellation);
        await File.WriteAllTextAsync(scene.InProject("skillmeat.toml"), "[[artifacts]]\nid = \"command:review\"\n", Cancellation);
        return scene;
    }

    private static string State(ProjectScene scene, string other) => string.Join('\n', new[] { scene.Store.Home, scene.Project, other }.Select(part => HomeState.Read(part)));
}
