using System.Globalization;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Snapshots;
using SkillMeat.Tests.Storage;
using SkillMeat.Updates;
using Xunit;
using static SkillMeat.Tests.Updates.UpdateScene;
using static SkillMeat.Tests.Updates.UpdateTrouble;
using FaultPlans = SkillMeat.Tests.LoopbackGitHub.Faults;
using Refusals = SkillMeat.Tests.Storage.Faults;

namespace SkillMeat.Tests.Updates;

/// <summary>If an update fails, the message has the reason, the collection is as before, and the update works once the cause is gone.</summary>
public sealed class UpdateTroubleTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Fail_roll_back_retry_succeed()
    {
        await using var scene = await StartWithNewsAsync();
        var before = scene.Describe();
        var isBroken = true;
        scene.Faults = new Refusals((_, step, path) =>
        {
            if (isBroken && step == StorageStep.Rename && path == scene.At("skills/b/SKILL.md")) throw Refusals.DiskFull;
        });

        var error = await Assert.ThrowsAsync<StorageException>(() => scene.UpdateAsync());

        Assert.Equal((ErrorIds.StorageFailed, $"cannot write {scene.At("skills/b/SKILL.md")}: the disk is full"), (error.ErrorId, error.Message));
        Assert.Equal(before, scene.Describe());
        Assert.Empty(scene.Snapshots.List(null).Snapshots);
        scene.AssertNothingLeft();
        isBroken = false;
        await AssertUpdatesAsync(scene);
    }

    [Fact]
    public async Task Disk_full_during_an_update()
    {
        await using var scene = await StartWithNewsAsync();
        var before = scene.Describe();
        scene.Faults = new Refusals((_, step, path) =>
        {
            // There is no space for new bytes; renaming and deleting needs none.
            if (step == StorageStep.WriteFile && path.StartsWith(scene.Folder, StringComparison.Ordinal)) throw Refusals.DiskFull;
        });

        var error = await Assert.ThrowsAsync<StorageException>(() => scene.UpdateAsync());

        Assert.Equal(ErrorIds.StorageFailed, error.ErrorId);
        Assert.Contains($"cannot write {scene.Folder}", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(": the disk is full", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, scene.Describe());
        scene.AssertNothingLeft();
        scene.Faults = null;
        await AssertUpdatesAsync(scene);
    }

    [Fact]
    public async Task A_new_file_that_a_cleaner_holds_at_its_birth_gets_another_name()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("On Windows nobody can hold it.");
        await using var scene = await StartWithNewsAsync();
        var isHeld = false;
        scene.Faults = new Refusals((_, step, path) =>
        {
            if (isHeld || step != StorageStep.CreateFile || !path.StartsWith(Path.Combine(scene.Home, "objects"), StringComparison.Ordinal)) return;
            isHeld = true;
            throw Refusals.InUse;
        });

        await AssertUpdatesAsync(scene);

        Assert.True(isHeld);
    }

    [Theory]
    [InlineData("snapshots")]
    [InlineData("objects")]
    public async Task Disk_full_during_the_snapshot(string folder)
    {
        await using var scene = await StartWithNewsAsync();
        // Not stored yet.
        scene.Write("skills/a/notes.md", "mine");
        var before = scene.Describe();
        var full = Path.Combine(scene.Home, folder);
        var hasLock = false;
        scene.Faults = new Refusals((_, step, path) =>
        {
            if (step == StorageStep.WriteHolder && !hasLock)
            {
                // Between plan and snapshot, so that there is something new to store.
                hasLock = true;
                scene.Write("skills/a/notes.md", "mine again");
                before = scene.Describe();
            }

            if (hasLock && step is StorageStep.CreateFile or StorageStep.WriteFile && path.StartsWith(full, StringComparison.Ordinal)) throw Refusals.DiskFull;
        });

        var error = await Assert.ThrowsAsync<StorageException>(() => scene.UpdateAsync());

        Assert.StartsWith("cannot take a snapshot of collection 'default', so nothing was changed: cannot write ", error.Message, StringComparison.Ordinal);
        Assert.Contains(full, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(": the disk is full", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, scene.Describe());
        scene.AssertNothingLeft();
        scene.Faults = null;
        await AssertUpdatesAsync(scene);
    }

    [Fact]
    public async Task A_read_only_folder()
    {
        await using var scene = await StartWithNewsAsync();
        var before = scene.Describe();
        scene.Faults = new Refusals((_, step, path) =>
        {
            // Nothing can be created, renamed or deleted in it.
            if (path.StartsWith(scene.At("skills/a/"), StringComparison.Ordinal)) throw Refusals.Denied;
        });

        var error = await Assert.ThrowsAsync<StorageException>(() => scene.UpdateAsync());

        Assert.Contains(scene.At("skills/a"), error.Message, StringComparison.Ordinal);
        Assert.EndsWith(": permission denied", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, scene.Describe());
        scene.AssertNothingLeft();
        scene.Faults = null;
        await AssertUpdatesAsync(scene);
    }

    [Fact]
    public async Task A_read_only_folder_of_the_file_system()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "this user may write everywhere");
        await using var scene = await StartWithNewsAsync();
        var before = scene.Describe();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(scene.At("skills/a"), (UnixFileMode)0x16d);
        try
        {
            Assert.EndsWith(": permission denied", (await Assert.ThrowsAsync<StorageException>(() => scene.UpdateAsync())).Message, StringComparison.Ordinal);
        }
        finally
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(scene.At("skills/a"), (UnixFileMode)0x1ed);
        }

        Assert.Equal(before, scene.Describe());
        await AssertUpdatesAsync(scene);
    }

    [Theory]
    [InlineData(120, 100)]
    [InlineData(200, 160)]
    public async Task An_artifact_over_100_MB(int megabytes, int most)
    {
        var place = Directory.CreateTempSubdirectory("skm-large-").FullName;
        try
        {
            using var host = HostProcess.Start("large", Path.Combine(place, "home"), megabytes.ToString(CultureInfo.InvariantCulture), Path.Combine(place, "upstream"));
            var peak = await host.Output.ReadToEndAsync(Cancellation);
            Assert.True(await host.WaitAsync(Cancellation) == 0, host.Errors);
            output.WriteLine($"added, updated, kept and restored {megabytes} MB with {peak.Trim()} MB of memory");
            Assert.InRange(long.Parse(peak, CultureInfo.InvariantCulture), 0, most);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    [Fact]
    public async Task The_collection_is_removed_meanwhile()
    {
        await using var scene = await StartWithNewsAsync();
        var store = scene.Open();
        using var session = scene.Connect(store);
        var updater = new ArtifactUpdater(store, session);
        using var planned = await updater.PlanAsync(new UpdateRequest(), listener: null, Cancellation);
        Directory.Delete(scene.Folder, recursive: true);

        var error = await Assert.ThrowsAsync<SkillMeatException>(() => updater.ApplyAsync(planned, Cancellation));

        Assert.Equal((ErrorIds.CollectionNotFound, $"The home '{scene.Home}' has no collection 'default'. It has no collections yet."), (error.ErrorId, error.Message));
        Assert.False(Directory.Exists(scene.Folder));
        scene.AssertNothingLeft();
    }

    [Fact]
    public async Task The_manifest_is_changed_by_another_program_every_time()
    {
        await using var scene = await StartWithNewsAsync();
        var requests = 0;
        scene.Faults = new Refusals((_, step, path) =>
        {
            if (step == StorageStep.CreateFile && Path.GetDirectoryName(path) == scene.Folder)
            {
                File.AppendAllText(scene.At("collection.toml"), "# edited\n");
                requests = scene.Server.Log.Total;
            }
        });
        var before = scene.Read("skills/a/SKILL.md");

        var error = await Assert.ThrowsAsync<StorageException>(() => scene.UpdateAsync());

        Assert.Equal(ErrorIds.ConcurrentChange, error.ErrorId);
        Assert.Equal(before, scene.Read("skills/a/SKILL.md"));
        // No request follows the last attempt, because nothing would use the answer.
        Assert.Equal(requests, scene.Server.Log.Total);
        scene.AssertNothingLeft();
    }

    [Fact]
    public async Task The_snapshot_is_removed_meanwhile()
    {
        await using var scene = await StartWithNewsAsync();
        var listed = (await scene.UpdateAsync()).Entries[0].SnapshotId!;
        var before = scene.Describe();

        // Between the check for its existence and the lock.
        var snapshots = new CollectionSnapshots(CollectionStore.Open(scene.Home, time: null, new Refusals((_, step, _) =>
        {
            if (step == StorageStep.WriteHolder) File.Delete(Directory.GetFiles(Path.Combine(scene.Home, "snapshots", "default"), listed + "*").Single());
        })));
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => snapshots.RestoreAsync(null, listed, [], Patience, Cancellation));
        Assert.Equal((ErrorIds.SnapshotNotFound, $"Collection 'default' has no snapshot '{listed}'. It has no snapshots yet."), (error.ErrorId, error.Message));

        // Between an update and its rollback.
        var taken = await scene.Snapshots.TakeAsync(null, "to be removed", Patience, Cancellation);
        await scene.Snapshots.RemoveAsync(null, [taken.SnapshotId], Patience, Cancellation);
        error = await Assert.ThrowsAsync<SkillMeatException>(() => scene.Snapshots.RestoreAsync(null, taken.SnapshotId, [], Patience, Cancellation));
        Assert.Equal((ErrorIds.SnapshotNotFound, $"Collection 'default' has no snapshot '{taken.SnapshotId}'. It has no snapshots yet."), (error.ErrorId, error.Message));
        Assert.Equal(before, scene.Describe());
    }

    [Fact]
    public async Task A_locked_file()
    {
        await using var scene = await StartWithNewsAsync();
        var before = scene.Describe();
        using (var holder = HostProcess.Start("hold", scene.Home, CollectionStore.LockNameOf("default")))
        {
            Assert.Equal("held", await holder.Output.ReadLineAsync(Cancellation));
            var timeout = await Assert.ThrowsAsync<LockTimeoutException>(() => scene.UpdateAsync(new UpdateRequest { LockTimeout = TimeSpan.FromMilliseconds(20) }));
            Assert.StartsWith($"collection 'default' is locked by SkillMeat.Tests.CrashHost (process {holder.Id} on ", timeout.Message, StringComparison.Ordinal);
            await holder.KillAsync(Cancellation);
        }

        scene.Faults = new Refusals((_, step, path) =>
        {
            if (step == StorageStep.Rename && path.StartsWith(scene.At("skills/a/"), StringComparison.Ordinal)) throw Refusals.InUse;
        });
        var error = await Assert.ThrowsAsync<StorageException>(() => scene.UpdateAsync());
        Assert.Equal($"cannot write {scene.At("skills/a/SKILL.md")}: in use by another program", error.Message);
        Assert.Equal(before, scene.Describe());
        scene.AssertNothingLeft();
        scene.Faults = null;
        await AssertUpdatesAsync(scene);
    }

    [Fact]
    public async Task Invalid_upstream_metadata()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("workflows/a/WORKFLOW.yaml", "name: a\n"), GitChange.Write("skills/b/SKILL.md", Skill("b")));
        await scene.AddAsync($"{Repo}/workflows/a", $"{Repo}/skills/b");
        var (files, lockFile) = (SnapshotScene.Describe(scene.At("workflows/a")), CollectionStore.Open(scene.Home).Read().Find("a"));
        scene.Git.Commit("3", GitChange.Write("workflows/a/WORKFLOW.yaml", "name: [not closed\ndescription: a\n"), GitChange.Write("skills/b/SKILL.md", Skill("b", "2")));

        var entries = (await scene.UpdateAsync()).Entries;

        Assert.Equal([UpdateStatus.Error, UpdateStatus.Updated], entries.Select(entry => entry.Status));
        Assert.Equal(ErrorIds.ArtifactInvalid, entries[0].ErrorId);
        Assert.StartsWith("Upstream's workflows/a can't be used: 'WORKFLOW.yaml' of 'a': ", entries[0].Reason, StringComparison.Ordinal);
        Assert.Equal(files, SnapshotScene.Describe(scene.At("workflows/a")));
        var after = CollectionStore.Open(scene.Home).Read().Find("a");
        Assert.Equal((lockFile.ResolvedSha, lockFile.Upstream, lockFile.ContentHash), (after.ResolvedSha, after.Upstream, after.ContentHash));
        scene.AssertConsistent();
        scene.Git.Commit("4", GitChange.Write("workflows/a/WORKFLOW.yaml", "name: a\nversion: 2\n"));
        Assert.Equal([UpdateStatus.Updated, UpdateStatus.Unchanged], (await scene.UpdateAsync()).Entries.Select(entry => entry.Status));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_corrupted_download(bool isCut)
    {
        await using var scene = await StartWithNewsAsync();
        var before = scene.Describe();
        using var flipping = new FlippedBits();
        if (isCut)
        {
            scene.Server.Faults = FaultPlans.When(
                request => request.Kind == RequestKind.UploadPack || request.Path.StartsWith("/codeload/", StringComparison.Ordinal) || request.Path.StartsWith("/raw-host/", StringComparison.Ordinal),
                FaultPlans.Always(Fault.HalfBody()));
        }
        else
        {
            scene.Handler = flipping;
        }

        var entries = (await scene.UpdateAsync()).Entries;

        Assert.Equal([UpdateStatus.Error, UpdateStatus.Error], entries.Select(entry => entry.Status));
        Assert.All(entries, entry => Assert.Contains("in 4 attempts", entry.Reason, StringComparison.Ordinal));
        Assert.Equal(before, scene.Describe());
        Assert.Empty(scene.Snapshots.List(null).Snapshots);
        flipping.IsOn = false;
        scene.Server.Faults = null;
        await AssertUpdatesAsync(scene);
    }
}
