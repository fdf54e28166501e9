using System.Diagnostics;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Organizing;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Registry;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Tests.Projects;
using SkillMeat.Tests.Recovery;
using SkillMeat.Tests.Storage;
using Xunit;

namespace SkillMeat.Tests.Organizing;

/// <summary>A collection is deleted without losing a byte.</summary>
public sealed class DeleteTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restore_brings_back_everything_in_the_folder()
    {
        using var scene = await ProjectScene.StartAsync();
        await File.WriteAllTextAsync(scene.InCollection("mine, not an artifact.txt"), "one\r\ntwo", Cancellation);
        Directory.CreateDirectory(scene.InCollection("skills/empty folder"));
        Directory.CreateDirectory(scene.InCollection(".git/objects"));
        await File.WriteAllTextAsync(scene.InCollection(".git/HEAD"), "ref", Cancellation);
        if (!OperatingSystem.IsWindows()) File.CreateSymbolicLink(scene.InCollection("skills/notes/link.md"), "SKILL.md");
        var bases = await File.ReadAllBytesAsync(Path.Combine(scene.Store.Home, "baselines", "default.json"), Cancellation);
        var before = HomeState.Read(scene.CollectionFolder);

        var deleted = await Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "default" }, Cancellation);

        Assert.False(Directory.Exists(scene.CollectionFolder));
        Assert.Empty(scene.Store.ListNames());
        var snapshots = new CollectionSnapshots(scene.Store);
        var listed = snapshots.List("default").Snapshots;
        Assert.Equal(("pre-delete", 5), (listed[0].Kind, listed[0].ArtifactCount));
        Assert.Equal(deleted.SnapshotId, listed[0].SnapshotId);
        // It is all that is left.
        Assert.Empty(snapshots.FindOld("default", keepLast: 0, olderThan: null));
        await snapshots.RestoreAsync("default", deleted.SnapshotId!, [], _patience, Cancellation);
        Assert.Equal(before, HomeState.Read(scene.CollectionFolder));
        Assert.Equal(bases, await File.ReadAllBytesAsync(Path.Combine(scene.Store.Home, "baselines", "default.json"), Cancellation));
    }

    [Fact]
    public async Task Deployments_stay_and_are_orphaned()
    {
        using var scene = await ProjectScene.StartAsync();
        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project], _patience, cancellationToken: Cancellation);
        await scene.DeployAsync(scene.Request("notes", "review"));
        var before = scene.Tree();

        var planned = await Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "default", DryRun = true }, Cancellation);
        Assert.True(Directory.Exists(scene.CollectionFolder));
        var deleted = await Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "default" }, Cancellation);

        Assert.Equal(deleted with { SnapshotId = null, DryRun = true }, planned);
        Assert.Equal((2, scene.Project), (deleted.Deployments, deleted.Projects.Single()));
        Assert.Equal(before, scene.Tree());
        Assert.All(scene.Drift().Values, state => Assert.Equal(DriftState.Orphaned, state));
        await new CollectionSnapshots(scene.Store).RestoreAsync("default", deleted.SnapshotId!, [], _patience, Cancellation);
        Assert.All(scene.Drift().Values, state => Assert.Equal(DriftState.InSync, state));
    }

    [Fact]
    public async Task A_collection_with_links_to_its_files_is_deleted_only_by_force()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need a privilege on Windows.");
        using var scene = await ProjectScene.StartAsync();
        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project], _patience, cancellationToken: Cancellation);
        await scene.DeployAsync(scene.Request("notes") with { Mode = DeployMode.Link });
        await scene.DeployAsync(scene.Request("review"));
        var (link, before) = (scene.InProject(".claude/skills/notes"), HomeState.Read(scene.Store.Home));

        var planned = await Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "default", DryRun = true }, Cancellation);
        Assert.Equal((2, link), (planned.Deployments, Assert.Single(planned.LinkedDeployments)));
        Assert.Contains(planned.Warnings, warning => warning.Contains(link, StringComparison.Ordinal));
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "default" }, Cancellation));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains(link, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, HomeState.Read(scene.Store.Home));

        Assert.NotEqual(0, (await scene.RunAsync("collection", "delete", "default", "--yes")).ExitCode);
        Assert.Contains(link, (await scene.RunAsync("collection", "delete", "default", "--dry-run")).Succeeds().Error, StringComparison.Ordinal);
        var deleted = (await scene.RunAsync("collection", "delete", "default", "--yes", "--force", "--format", "json")).Succeeds().Json;

        Assert.Equal(link, deleted.GetProperty("linked_deployments")[0].GetString());
        Assert.False(Directory.Exists(scene.CollectionFolder));
        await new CollectionSnapshots(scene.Store).RestoreAsync("default", deleted.GetProperty("snapshot_id").GetString()!, [], _patience, Cancellation);
        Assert.True(File.Exists(Path.Combine(link, "SKILL.md")));
    }

    [Fact]
    public async Task Another_collection_becomes_the_active_one()
    {
        using var scene = await ProjectScene.StartAsync();
        foreach (var name in new[] { "b", "a" }) await scene.Store.CreateAsync(name, _patience, Cancellation);
        await scene.Store.SetActiveAsync("b", _patience, Cancellation);

        Assert.Equal("b", (await Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "a" }, Cancellation)).ActiveCollection);
        Assert.Equal("default", (await Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "b" }, Cancellation)).ActiveCollection);
        Assert.Equal("default", scene.Store.ActiveCollection);
        await scene.Store.CreateAsync("c", _patience, Cancellation);
        Assert.Equal("c", (await Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "default" }, Cancellation)).ActiveCollection);
        Assert.Equal("c", scene.Store.ActiveCollection);
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "default" }, Cancellation));
        Assert.Equal(ErrorIds.CollectionNotFound, error.ErrorId);
    }

    [Fact]
    public async Task A_folder_with_something_that_no_snapshot_holds_is_refused_with_its_name()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("There are no pipes in folders on Windows.");
        using var scene = await ProjectScene.StartAsync();
        using (var made = Process.Start("mkfifo", [scene.InCollection("skills/notes/pipe")])) await made.WaitForExitAsync(Cancellation);

        var error = await Assert.ThrowsAsync<SkillMeatException>(() => Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "default" }, Cancellation));

        Assert.Contains("'skills/notes/pipe'", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, scene.Store.Read().ArtifactCount);
        Assert.Empty(new CollectionSnapshots(scene.Store).List(null).Snapshots);
    }

    [Fact]
    public async Task What_links_lead_to_stays()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need a privilege on Windows.");
        using var scene = await ProjectScene.StartAsync();
        var elsewhere = Directory.CreateDirectory(Path.Combine(scene.Place, "elsewhere")).FullName;
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "mine.txt"), "mine", Cancellation);
        Directory.CreateSymbolicLink(scene.InCollection("skills/linked"), elsewhere);

        await Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "default" }, Cancellation);
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(elsewhere, "mine.txt"), Cancellation));

        // A collection that is a link is deleted as a link, and restored as a folder.
        var store = Path.Combine(scene.Place, "kept");
        await scene.Store.CreateAsync("linked", _patience, Cancellation);
        Directory.Move(Path.Combine(scene.Store.Home, "collections", "linked"), store);
        Directory.CreateSymbolicLink(Path.Combine(scene.Store.Home, "collections", "linked"), store);
        var deleted = await Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "linked" }, Cancellation);
        Assert.Contains(store, Assert.Single(deleted.Warnings), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(store, "collection.toml")));
        Assert.False(Disk.HasEntry(Path.Combine(scene.Store.Home, "collections", "linked")));
        await new CollectionSnapshots(scene.Store).RestoreAsync("linked", deleted.SnapshotId!, [], _patience, Cancellation);
        Assert.Equal("linked", scene.Store.Read("linked").Name);
    }

    [Fact]
    public async Task A_file_that_is_saved_in_the_middle_is_in_the_snapshot_or_kept()
    {
        using var scene = await ProjectScene.StartAsync();
        var saved = 0;
        var faults = new Faults((_, step, _) =>
        {
            if (step == StorageStep.WriteGeneration && saved++ == 0) File.WriteAllText(scene.InCollection("skills/notes/late.md"), "an hour of work");
        });
        var store = CollectionStore.Open(scene.Store.Home, null, faults);

        var deleted = await new CollectionOrganizer(store, scene.Environment).DeleteAsync(new DeleteCollectionRequest { Collection = "default" }, Cancellation);

        Assert.NotEqual(0, saved);
        await new CollectionSnapshots(scene.Store).RestoreAsync("default", deleted.SnapshotId!, [], _patience, Cancellation);
        Assert.Equal("an hour of work", await File.ReadAllTextAsync(scene.InCollection("skills/notes/late.md"), Cancellation));
    }

    [Fact]
    public async Task A_broken_collection_can_be_deleted_and_restored()
    {
        using var scene = await ProjectScene.StartAsync();
        await File.WriteAllTextAsync(scene.InCollection("collection.toml"), "broken [", Cancellation);

        var deleted = await Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "default" }, Cancellation);

        Assert.Equal(0, deleted.ArtifactCount);
        await new CollectionSnapshots(scene.Store).RestoreAsync("default", deleted.SnapshotId!, [], _patience, Cancellation);
        Assert.Equal("broken [", await File.ReadAllTextAsync(scene.InCollection("collection.toml"), Cancellation));
    }

    [Fact]
    public async Task A_collection_that_is_not_as_expected_is_neither_deleted_nor_renamed_nor_described()
    {
        using var scene = await ProjectScene.StartAsync();
        var before = scene.Store.Read("default");
        await Organizer(scene).DescribeAsync("default", "theirs", _patience, Cancellation);
        bool Expects(Collection read) => read.Description == before.Description;
        var calls = new Func<Task>[]
        {
            () => Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "default", Expects = Expects }, Cancellation),
            () => Organizer(scene).RenameAsync(new RenameCollectionRequest { Collection = "default", NewName = "team", Expects = Expects }, Cancellation),
            () => Organizer(scene).EditAsync(new EditCollectionRequest { Collection = "default", Description = "mine", Activates = true, Expects = Expects }, Cancellation),
        };
        foreach (var call in calls) Assert.Equal(ErrorIds.StaleEdit, (await Assert.ThrowsAsync<SkillMeatException>(call)).ErrorId);
        Assert.Equal("theirs", scene.Store.Read("default").Description);
        Assert.Equal(["default"], scene.Store.ListNames());
        Assert.Equal("mine", (await Organizer(scene).EditAsync(new EditCollectionRequest { Collection = "default", Description = "mine", Expects = read => read.Description == "theirs" }, Cancellation)).Description);
        Assert.Equal("team", (await Organizer(scene).RenameAsync(new RenameCollectionRequest { Collection = "default", NewName = "team", Expects = read => read.Description == "mine" }, Cancellation)).Collection);
        Assert.NotNull((await Organizer(scene).DeleteAsync(new DeleteCollectionRequest { Collection = "team", Expects = read => read.Description == "mine" }, Cancellation)).SnapshotId);
    }

    private static CollectionOrganizer Organizer(ProjectScene scene) => new(scene.Store, scene.Environment);
}
