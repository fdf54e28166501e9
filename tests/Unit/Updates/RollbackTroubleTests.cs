using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Tests.Support;
using SkillMeat.Updates;
using Xunit;
using static SkillMeat.Tests.Updates.UpdateScene;
using static SkillMeat.Tests.Updates.UpdateTrouble;
using Refusals = SkillMeat.Tests.Storage.Faults;

namespace SkillMeat.Tests.Updates;

/// <summary>If a snapshot or a rollback fails, the message names the snapshots that lead back, and no state is lost.</summary>
public sealed class RollbackTroubleTests
{
    [Fact]
    public async Task A_snapshot_that_can_not_be_made_stops_the_update()
    {
        await using var scene = await StartWithNewsAsync();
        var before = scene.Describe();
        var obstacle = Path.Combine(scene.Home, "snapshots");
        await File.WriteAllTextAsync(obstacle, "in the way", Cancellation);

        var error = await Assert.ThrowsAsync<StorageException>(() => scene.UpdateAsync());

        Assert.StartsWith("cannot take a snapshot of collection 'default', so nothing was changed: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(obstacle, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, scene.Describe());
        scene.AssertNothingLeft();
        File.Delete(obstacle);
        await AssertUpdatesAsync(scene);
    }

    [Fact]
    public async Task SkipSnapshot_goes_on_with_a_warning()
    {
        await using var scene = await StartWithNewsAsync();
        await File.WriteAllTextAsync(Path.Combine(scene.Home, "snapshots"), "in the way", Cancellation);

        var result = await scene.UpdateAsync(new UpdateRequest { SkipSnapshot = true });

        Assert.Equal([UpdateStatus.Updated, UpdateStatus.Updated], result.Entries.Select(entry => entry.Status));
        Assert.All(result.Entries, entry => Assert.Null(entry.SnapshotId));
        Assert.Equal(["No snapshot was taken, as requested, so this cannot be undone."], result.Warnings);
        Assert.Equal(Skill("a", "2"), scene.Read("skills/a/SKILL.md"));
        scene.AssertConsistent();
    }

    [Fact]
    public async Task A_rollback_that_fails_keeps_both_states_and_names_the_snapshots()
    {
        await using var scene = await StartWithNewsAsync();
        var old = scene.Describe();
        var wanted = (await scene.UpdateAsync()).Entries[0].SnapshotId!;
        var updated = scene.Describe();
        var renames = 0;
        var snapshots = new CollectionSnapshots(CollectionStore.Open(scene.Home, time: null, new Refusals((_, step, path) =>
        {
            // The first file is restored, the second is not, and then the first cannot be rolled back either.
            if (step == StorageStep.Rename && path.StartsWith(scene.Folder, StringComparison.Ordinal) && ++renames > 1) throw Refusals.Denied;
        })));

        var error = await Assert.ThrowsAsync<StorageException>(() => snapshots.RestoreAsync(null, wanted, [], Patience, Cancellation));

        Assert.Equal(ErrorIds.RecoveryPending, error.ErrorId);
        Assert.StartsWith($"The restore of snapshot {wanted} failed and could not be rolled back yet: ", error.Message, StringComparison.Ordinal);
        var safety = System.Text.RegularExpressions.Regex.Match(error.Message, @"Both states are kept; the previous state is snapshot (\d{8}-\d{6}-\d{6})").Groups[1].Value;
        Assert.NotEmpty(safety);
        Assert.NotEqual(wanted, safety);

        var store = CollectionStore.Open(scene.Home);
        Assert.Contains("An interrupted change", Assert.Single(store.Notices), StringComparison.Ordinal);
        Assert.Contains(scene.Describe(), new[] { old, updated });
        scene.AssertNothingLeft();
        await scene.Snapshots.RestoreAsync(null, wanted, [], Patience, Cancellation);
        Assert.Equal(old, scene.Describe());
        Assert.Equal([("default", wanted, false), ("default", safety, true)], error.WaysBack.Select(way => (way.Collection, way.SnapshotId, way.IsBefore)));
        await scene.Snapshots.RestoreAsync(null, safety, [], Patience, Cancellation);
    }

    [Fact]
    public async Task An_update_that_fails_and_is_not_rolled_back_names_the_snapshot_that_has_everything()
    {
        await using var scene = await StartWithNewsAsync();
        var old = scene.Describe();
        var renames = 0;
        scene.Faults = new Refusals((_, step, path) =>
        {
            // The first file is replaced, the second is not, and then the first cannot be restored either.
            if (step == StorageStep.Rename && path.StartsWith(scene.Folder, StringComparison.Ordinal) && ++renames > 1) throw Refusals.Denied;
        });

        var error = await Assert.ThrowsAsync<StorageException>(() => scene.UpdateAsync());

        scene.Faults = null;
        var way = Assert.Single(error.WaysBack);
        Assert.Equal((ErrorIds.RecoveryPending, "default", true), (error.ErrorId, way.Collection, way.IsBefore));
        Assert.StartsWith("The change failed and could not be rolled back yet: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"Nothing is lost: snapshot {way.SnapshotId} has everything of collection 'default' as it was before.", error.Message, StringComparison.Ordinal);
        var line = ErrorLine.Of(error);
        Assert.EndsWith($"When the cause is gone, 'skm snapshot restore {way.SnapshotId} --collection default' restores the state before. [RecoveryPending]", line, StringComparison.Ordinal);

        await scene.Snapshots.RestoreAsync(null, way.SnapshotId, [], Patience, Cancellation);
        Assert.Equal(old, scene.Describe());
        scene.AssertNothingLeft();
        await AssertUpdatesAsync(scene);
    }

    [Fact]
    public async Task A_restore_that_fails_and_changes_nothing_names_the_snapshot_to_restore()
    {
        await using var scene = await StartWithNewsAsync();
        var wanted = (await scene.UpdateAsync()).Entries[0].SnapshotId!;
        var before = scene.Describe();
        var snapshots = new CollectionSnapshots(CollectionStore.Open(scene.Home, time: null, new Refusals((_, step, path) =>
        {
            if (step == StorageStep.CreateFile && path.StartsWith(scene.Folder, StringComparison.Ordinal)) throw Refusals.DiskFull;
        })));

        var error = await Assert.ThrowsAsync<StorageException>(() => snapshots.RestoreAsync(null, wanted, ["a"], Patience, Cancellation));

        Assert.Equal((ErrorIds.StorageFailed, before), (error.ErrorId, scene.Describe()));
        Assert.StartsWith($"Snapshot {wanted} was not restored, and nothing was changed: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($" When the cause is gone, 'skm snapshot restore {wanted} --collection default --artifact a' finishes the restore. [StorageFailed]", ErrorLine.Of(error), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_of_a_refresh_that_fails_names_both_snapshots_and_both_are_there()
    {
        using var home = TestHome.WithSkills(2);
        var refreshed = (await home.RunAsync("collection", "refresh", "--format", "json")).Succeeds().Json.GetProperty("snapshot_id").GetString()!;
        await File.AppendAllTextAsync(home.LockFile, "# edited\n", Cancellation);
        var now = await File.ReadAllBytesAsync(home.Manifest, Cancellation);
        var renames = 0;
        var folder = Path.GetDirectoryName(home.Manifest)!;
        var snapshots = new CollectionSnapshots(CollectionStore.Open(home.Home, time: null, new Refusals((_, step, path) =>
        {
            if (step == StorageStep.Rename && path.StartsWith(folder, StringComparison.Ordinal) && ++renames > 1) throw Refusals.Denied;
        })));

        var error = await Assert.ThrowsAsync<StorageException>(() => snapshots.RestoreAsync(null, refreshed, [], Patience, Cancellation));

        Assert.Equal(ErrorIds.RecoveryPending, error.ErrorId);
        Assert.Equal([(refreshed, false), (error.WaysBack[1].SnapshotId, true)], error.WaysBack.Select(way => (way.SnapshotId, way.IsBefore)));
        Assert.All(error.WaysBack, way => Assert.Contains(way.SnapshotId, error.Message, StringComparison.Ordinal));
        var again = new CollectionSnapshots(CollectionStore.Open(home.Home));
        var result = await again.RestoreAsync(null, refreshed, [], Patience, Cancellation);
        Assert.Equal(["skill:a1", "skill:a2"], result.ChangedArtifacts);
        await again.RestoreAsync(null, error.WaysBack[1].SnapshotId, [], Patience, Cancellation);
        Assert.Equal(now, await File.ReadAllBytesAsync(home.Manifest, Cancellation));
    }
}
