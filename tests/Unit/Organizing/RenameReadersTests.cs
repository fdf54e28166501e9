using SkillMeat.Baselines;
using SkillMeat.Cache;
using SkillMeat.Cache.Reading;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Organizing;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Registry;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Tests.Projects;
using SkillMeat.Tests.Storage;
using Xunit;

namespace SkillMeat.Tests.Organizing;

/// <summary>A reader in the middle of a rename, or after an interrupted one, sees the collection by its old or by its new name, with everything that belongs to it.</summary>
public sealed class RenameReadersTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DeployMode.Copy)]
    [InlineData(DeployMode.Link)]
    public async Task At_every_step_readers_see_the_old_or_the_new_state(DeployMode mode)
    {
        using var scene = await StartAsync(mode);
        var (before, seen) = (See(scene), new List<string>());

        await RenameAsync(scene, (_, _, _) => seen.Add(See(scene)));

        var after = See(scene);
        Assert.NotEqual(before, after);
        var turn = seen.IndexOf(after);
        Assert.All(seen.Select((state, index) => (state, index)), one => Assert.Equal(one.index < turn ? before : after, one.state));
    }

    [Theory]
    [InlineData(DeployMode.Copy)]
    [InlineData(DeployMode.Link)]
    public async Task After_an_interruption_at_any_step_readers_see_the_old_or_the_new_state_without_settling_it(DeployMode mode)
    {
        using var scene = await StartAsync(mode);
        // From the second time on, both names have been those of the collection.
        await RenameAsync(scene, null);
        await RenameAsync(scene, null, "default");
        var (before, pending, steps) = (See(scene), 0, 0);
        await RenameAsync(scene, (number, _, _) => steps = number);
        var after = See(scene);
        await RenameAsync(scene, null, "default");
        Assert.Equal(before, See(scene));

        for (var last = 1; last <= steps; last++)
        {
            var error = await Record.ExceptionAsync(() => RenameAsync(scene, (number, _, _) =>
            {
                if (number >= last) throw Faults.DiskFull;
            }));
            var isPending = CollectionStore.OpenToRead(scene.Store.Home).Storage.HasAbandonedChange();
            if (isPending) pending++;
            var left = See(scene);
            Assert.True(left == before || left == after, $"step {last} of {steps}: {error?.Message}\n{left}");
            _ = CollectionStore.Open(scene.Store.Home);
            var settled = See(scene);
            Assert.True(settled == before || settled == after, $"step {last}, settled: {settled}");
            if (settled == after) await RenameAsync(scene, null, "default");
            Assert.Equal(before, See(scene));
        }

        Assert.True(pending > 3, $"{pending} of {steps}");
    }

    [Fact]
    public async Task A_rename_that_is_taken_back_is_seen_as_the_old_or_the_new_state()
    {
        using var scene = await StartAsync(DeployMode.Link);
        var (before, seen) = (See(scene), new HashSet<string>(StringComparer.Ordinal));
        var isRefused = false;

        await Assert.ThrowsAsync<StorageException>(() => RenameAsync(scene, (_, step, _) =>
        {
            seen.Add(See(scene));
            if (isRefused || step != StorageStep.FlushFolder || Directory.Exists(scene.CollectionFolder)) return;
            isRefused = true;
            throw Faults.DiskFull;
        }));

        Assert.Equal(before, See(scene));
        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public async Task Readers_beside_a_rename_never_see_half_of_it()
    {
        using var scene = await StartAsync(DeployMode.Copy);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var reader = Task.Run(() =>
        {
            var store = CollectionStore.OpenToRead(scene.Store.Home);
            var (memory, snapshots, reads) = (MemoryOf(store), new CollectionSnapshots(store), 0);
            for (; !stop.IsCancellationRequested; reads++)
            {
                foreach (var list in new[] { store.List(), memory.List() })
                {
                    var one = Assert.Single(list);
                    Assert.Equal((true, 5, null), (one.IsActive, one.ArtifactCount, one.Problem));
                }

                Assert.Equal(5, store.Read().ArtifactCount);
                Assert.Equal(5, memory.Read().ArtifactCount);
                Assert.Equal([null, null], snapshots.List(null).Snapshots.Select(one => one.Problem));
                Assert.Single(new KnownCollections(store).Names());
            }

            return reads;
        }, Cancellation);

        for (var round = 0; round < 15 && !reader.IsCompleted; round++) await RenameAsync(scene, null, round % 2 == 0 ? "team" : "default");

        await stop.CancelAsync();
        Assert.NotEqual(0, await reader);
    }

    private static async Task<ProjectScene> StartAsync(DeployMode mode)
    {
        if (OperatingSystem.IsWindows() && mode == DeployMode.Link) Assert.Skip("Links need a privilege on Windows.");
        var scene = await ProjectScene.StartAsync();
        await new ProjectRegistry(scene.Store, scene.Environment).RegisterAsync([scene.Project], _patience, cancellationToken: Cancellation);
        await scene.DeployAsync(scene.Request("notes", "review") with { Mode = mode });
        var snapshots = new CollectionSnapshots(scene.Store);
        var taken = await snapshots.TakeAsync(null, "to go back to", _patience, Cancellation);
        await snapshots.ExportAsync(null, taken.SnapshotId, null, overwrite: false, _patience, Cancellation);
        // Listed only as a tarball.
        File.Delete(Directory.GetFiles(Path.Combine(scene.Store.Home, "snapshots", "default"), "*.snapshot.json").Single());
        await new CollectionSnapshots(scene.Store).TakeAsync(null, "another", _patience, Cancellation);
        return scene;
    }

    private static async Task RenameAsync(ProjectScene scene, Action<int, StorageStep, string>? before, string name = "team")
    {
        var store = CollectionStore.Open(scene.Store.Home, null, new Faults(before));
        await new CollectionOrganizer(store, scene.Environment).RenameAsync(new RenameCollectionRequest { NewName = name, LockTimeout = _patience }, Cancellation);
    }

    private static CollectionMemory MemoryOf(CollectionStore store) => new(HomeCache.Open(store, new HomeCacheOptions { Environment = _ => null, Report = _ => { } }));

    // As another process sees it that may not write the home.
    private static string See(ProjectScene scene)
    {
        var store = CollectionStore.OpenToRead(scene.Store.Home);
        var (active, snapshots) = (store.ActiveCollection, new CollectionSnapshots(store));
        var lines = new List<string> { $"active {active}, names {string.Join(',', store.ListNames())}, known {string.Join(',', new KnownCollections(store).Names())}" };
        foreach (var list in new[] { store.List(), MemoryOf(store).List() }) lines.AddRange(list.Select(one => $"{one.Name} {one.Title} {one.IsActive} {one.ArtifactCount} {one.Problem}"));
        var read = store.Read();
        lines.Add($"{read.Name} {read.Title} {File.Exists(Path.Combine(read.Folder, "skills", "notes", "SKILL.md"))} {new MergeBaseStore(store, read.Name).Read().All.Count} bases");
        lines.AddRange(snapshots.List(null).Snapshots.Select(one => $"{one.Collection} {one.Message} {one.Problem} {snapshots.VerifyAsync(null, one.SnapshotId, Cancellation).GetAwaiter().GetResult().IsSound}"));
        lines.Add(Refuses(() => snapshots.List(active == "default" ? "team" : "default")));
        lines.AddRange(new[] { "default", "team" }.Select(name => $"{name} is {store.CurrentNameOf(name)}"));
        var report = new DriftChecker(store, scene.Environment).Check(new DriftRequest { Projects = [scene.Project], IncludeInSync = true }, Cancellation);
        lines.AddRange(report.Artifacts.Select(one => $"{one.ArtifactId} {one.Path} {one.State} {one.Collection} {one.IsLink}"));
        lines.AddRange(report.Problems.Select(one => one.Value.Message));
        return string.Join('\n', lines);
    }

    private static string Refuses(Action action)
    {
        try
        {
            action();
            return "there";
        }
        catch (SkillMeatException e)
        {
            return e.ErrorId;
        }
    }
}
