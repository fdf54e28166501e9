using SkillMeat.Errors;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Tests.Storage;
using Xunit;

namespace SkillMeat.Tests.Snapshots;

/// <summary>A snapshot of a whole collection brings back every byte, name and permission, touches only what differs, and can itself be undone.</summary>
public sealed class WholeSnapshotTests
{
    [Fact]
    public async Task A_restore_brings_any_collection_back_and_its_safety_snapshot_undoes_that()
    {
        using var scene = new SnapshotScene();
        var before = scene.Describe();
        var id = await scene.TakeAsync();
        Mutate(scene);
        var mutated = scene.Describe();

        var result = await scene.RestoreAsync(id);

        Assert.Equal(before, scene.Describe());
        Assert.Equal((id, 3, false), (result.SnapshotId, result.ArtifactCount, result.IsUnchanged));
        Assert.Equal([result.SafetySnapshotId!, id], scene.Snapshots.List(null).Snapshots.Select(s => s.SnapshotId));
        await scene.RestoreAsync(result.SafetySnapshotId!);
        Assert.Equal(mutated, scene.Describe());
        scene.AssertNothingLeft();
    }

    [Fact]
    public async Task Only_what_differs_is_touched()
    {
        using var scene = new SnapshotScene();
        var old = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        foreach (var file in Directory.EnumerateFiles(scene.Folder, "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, old);
        var id = await scene.TakeAsync();
        scene.Write("skills/a1/SKILL.md", "changed");
        File.Delete(scene.At("commands/review.md"));

        var result = await scene.RestoreAsync(id);

        // No file was left in it.
        Assert.Equal(["commands", "skills/a1/SKILL.md"], result.ChangedPaths.Order(StringComparer.Ordinal));
        Assert.Equal(["skill:a1"], result.ChangedArtifacts);
        Assert.Equal(2, Directory.EnumerateFiles(scene.Folder, "*", SearchOption.AllDirectories).Count(file => File.GetLastWriteTimeUtc(file) != old));
    }

    [Fact]
    public async Task A_collection_that_is_gone_comes_back()
    {
        using var scene = new SnapshotScene();
        var before = scene.Describe();
        var id = await scene.TakeAsync();
        Directory.Delete(scene.Folder, recursive: true);

        var result = await scene.RestoreAsync(id);

        Assert.Equal(before, scene.Describe());
        Assert.Null(result.SafetySnapshotId);
    }

    [Fact]
    public async Task A_restore_of_what_is_there_already_changes_nothing()
    {
        using var scene = new SnapshotScene();
        var id = await scene.TakeAsync();
        var result = await scene.RestoreAsync(id);
        Assert.True(result.IsUnchanged);
        Assert.Null(result.SafetySnapshotId);
        Assert.Single(scene.Snapshots.List(null).Snapshots);
    }

    [Fact]
    public async Task A_manifest_that_can_not_be_read_any_more_is_no_obstacle()
    {
        using var scene = new SnapshotScene();
        var before = scene.Describe();
        var id = await scene.TakeAsync();
        scene.Write("collection.toml", "[[[");

        var safety = (await scene.RestoreAsync(id)).SafetySnapshotId!;

        Assert.Equal(before, scene.Describe());
        await scene.RestoreAsync(safety);
        Assert.Equal("[[[", await File.ReadAllTextAsync(scene.At("collection.toml"), SnapshotScene.Cancellation));
    }

    [Fact]
    public async Task Some_artifacts_come_back_and_everything_else_stays_as_it_is()
    {
        using var scene = new SnapshotScene();
        var id = await scene.TakeAsync();
        var (manifest, lockFile) = (await File.ReadAllTextAsync(scene.At("collection.toml"), SnapshotScene.Cancellation), await File.ReadAllTextAsync(scene.At("collection.lock"), SnapshotScene.Cancellation));
        scene.Write("skills/a1/SKILL.md", "changed");
        scene.Write("skills/a1/new", "new");
        scene.Write("skills/a2/SKILL.md", "changed and kept");
        scene.Write("collection.toml", manifest.Replace("\"Old text\" # 1", "\"Edited\" # 1", StringComparison.Ordinal).Replace("\"Old text\" # 2", "\"Kept\" # 2", StringComparison.Ordinal));
        scene.Write("collection.lock", lockFile.Replace("a1::skill", "a9::skill", StringComparison.Ordinal));

        var result = await scene.RestoreAsync(id, "a1");

        Assert.Equal(["collection.lock", "collection.toml", "skills/a1/SKILL.md", "skills/a1/new"], result.ChangedPaths.Order(StringComparer.Ordinal));
        Assert.Contains("Old text", await File.ReadAllTextAsync(scene.At("skills/a1/SKILL.md"), SnapshotScene.Cancellation), StringComparison.Ordinal);
        Assert.Equal("changed and kept", await File.ReadAllTextAsync(scene.At("skills/a2/SKILL.md"), SnapshotScene.Cancellation));
        var restored = await File.ReadAllTextAsync(scene.At("collection.toml"), SnapshotScene.Cancellation);
        Assert.Contains("\"Old text\" # 1", restored, StringComparison.Ordinal);
        Assert.Contains("\"Kept\" # 2", restored, StringComparison.Ordinal);
        Assert.Contains("\"a1::skill\"", await File.ReadAllTextAsync(scene.At("collection.lock"), SnapshotScene.Cancellation), StringComparison.Ordinal);
        Assert.Contains($"Snapshot {id}: Collection 'default' has no artifact 'a7'", (await Assert.ThrowsAsync<SkillMeatException>(() => scene.RestoreAsync(id, "a7"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_tells_what_each_snapshot_is_and_what_it_cost()
    {
        using var scene = new SnapshotScene(skills: 50);
        await scene.TakeAsync("first");
        scene.Write("skills/a7/SKILL.md", "changed");
        var second = await scene.TakeAsync("second");

        var page = scene.Snapshots.List(null);

        Assert.Equal(["second", "first"], page.Snapshots.Select(s => s.Message));
        Assert.All(page.Snapshots, s => Assert.Equal(("manual", "default", 50), (s.Kind, s.Collection, s.ArtifactCount)));
        Assert.True(page.Snapshots[0].SizeBytes < page.Snapshots[1].SizeBytes, $"{page.Snapshots[0].SizeBytes} and {page.Snapshots[1].SizeBytes}");
        Assert.Equal([second], scene.Snapshots.List(null, skip: 0, take: 1).Snapshots.Select(s => s.SnapshotId));
    }

    [Fact]
    public async Task A_pipe_in_a_collection_is_named_and_does_not_stop_a_snapshot()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such pipes");
        using var scene = new SnapshotScene();
        await SnapshotScene.RunAsync("mkfifo", scene.At("skills/a1/pipe"));
        var taken = await scene.Snapshots.TakeAsync(null, "with a pipe", SnapshotScene.Patience, SnapshotScene.Cancellation);
        Assert.Equal(["skills/a1/pipe: not stored: it is a device, a pipe or a socket"], taken.Warnings);
    }

    [Fact]
    public async Task A_link_of_ones_own_that_leads_elsewhere_comes_back_as_it_was()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = new SnapshotScene();
        var elsewhere = Directory.CreateDirectory(Path.Combine(scene.Home, "..", "own")).FullName;
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "SKILL.md"), "own", SnapshotScene.Cancellation);
        Directory.CreateSymbolicLink(scene.At("skills/own"), elsewhere);
        var id = await scene.TakeAsync();
        Directory.Delete(scene.At("skills/own"));

        await scene.RestoreAsync(id);

        Assert.Equal(elsewhere, new DirectoryInfo(scene.At("skills/own")).LinkTarget);
        Assert.Equal("own", await File.ReadAllTextAsync(Path.Combine(elsewhere, "SKILL.md"), SnapshotScene.Cancellation));
    }

    [Fact]
    public async Task A_damaged_snapshot_is_found_out_before_anything_is_changed()
    {
        using var scene = new SnapshotScene();
        var id = await scene.TakeAsync();
        // Changes all local files, so that only the store has the old content.
        foreach (var file in Directory.GetFiles(scene.Folder, "*", SearchOption.AllDirectories)) await File.AppendAllTextAsync(file, "\n# changed\n", SnapshotScene.Cancellation);
        var pack = Assert.Single(Directory.GetFiles(Path.Combine(scene.Home, "objects")));
        var bytes = await File.ReadAllBytesAsync(pack, SnapshotScene.Cancellation);
        bytes[bytes.Length / 4] ^= 1;
        await File.WriteAllBytesAsync(pack, bytes, SnapshotScene.Cancellation);
        var before = scene.Describe();

        var check = await scene.Snapshots.VerifyAsync(null, id, SnapshotScene.Cancellation);
        var error = await Assert.ThrowsAsync<DataFileException>(() => scene.RestoreAsync(id));

        Assert.False(check.IsSound);
        Assert.Equal(ErrorIds.SnapshotCorrupt, error.ErrorId);
        Assert.Contains($"snapshot {id} cannot be restored, so nothing was changed", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, scene.Describe());
    }

    [Fact]
    public async Task A_snapshot_whose_file_was_cut_or_changed_is_listed_with_its_problem_and_refused()
    {
        using var scene = new SnapshotScene();
        var id = await scene.TakeAsync();
        var file = Path.Combine(scene.SnapshotsFolder, $"{id}.snapshot.json");
        var bytes = await File.ReadAllBytesAsync(file, SnapshotScene.Cancellation);
        for (var length = 0; length < bytes.Length - 2; length += 40)
        {
            await File.WriteAllBytesAsync(file, bytes[..length], SnapshotScene.Cancellation);
            Assert.NotNull(Assert.Single(scene.Snapshots.List(null).Snapshots).Problem);
            Assert.Equal(ErrorIds.SnapshotCorrupt, (await Assert.ThrowsAsync<DataFileException>(() => scene.RestoreAsync(id))).ErrorId);
        }

        var changed = (byte[])bytes.Clone();
        changed[bytes.AsSpan().IndexOf("Before experiments"u8)] = (byte)'X';
        await File.WriteAllBytesAsync(file, changed, SnapshotScene.Cancellation);
        Assert.Contains("its checksum does not match", Assert.Single(scene.Snapshots.List(null).Snapshots).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contents_that_only_a_removed_snapshot_needed_are_gone_from_the_disk()
    {
        using var scene = new SnapshotScene();
        scene.Write("skills/a1/large.bin", Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(1 << 20)));
        var first = await scene.TakeAsync();
        File.Delete(scene.At("skills/a1/large.bin"));
        var second = await scene.TakeAsync();

        await scene.Snapshots.RemoveAsync(null, [first], SnapshotScene.Patience, SnapshotScene.Cancellation);

        Assert.True(Directory.GetFiles(Path.Combine(scene.Home, "objects")).Sum(file => new FileInfo(file).Length) < 1 << 19);
        Assert.True((await scene.Snapshots.VerifyAsync(null, second, SnapshotScene.Cancellation)).IsSound);
    }

    [Fact]
    public async Task Old_ones_are_those_beyond_the_newest_and_never_made_by_hand()
    {
        using var scene = new SnapshotScene();
        var manual = await scene.TakeAsync();
        var automatic = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            scene.Write("skills/a1/SKILL.md", $"{i}");
            automatic.Add((await scene.RestoreAsync(manual)).SafetySnapshotId!);
        }

        Assert.Equal(automatic.AsEnumerable().Reverse().Skip(1), scene.Snapshots.FindOld(null, keepLast: 1, olderThan: null).Select(s => s.SnapshotId));
        Assert.Empty(scene.Snapshots.FindOld(null, keepLast: null, olderThan: TimeSpan.FromHours(1)));
        Assert.Equal(4, scene.Snapshots.FindOld(null, keepLast: null, olderThan: TimeSpan.Zero).Count);
        Assert.Empty(scene.Snapshots.FindOld(null, keepLast: null, olderThan: TimeSpan.MaxValue));
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<SkillMeatException>(() => scene.Snapshots.FindOld(null, keepLast: null, olderThan: TimeSpan.FromDays(-1))).ErrorId);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<SkillMeatException>(() => scene.Snapshots.FindOld(null, keepLast: -1, olderThan: null)).ErrorId);
    }

    [Fact]
    public async Task A_restore_that_another_program_changes_right_away_is_not_one_that_changed_nothing()
    {
        using var scene = new SnapshotScene();
        var id = await scene.TakeAsync();
        scene.Write("skills/a1/SKILL.md", "changed since");
        var isEdited = false;
        var store = scene.OpenWith(new Faults((_, step, _) =>
        {
            if (isEdited || step is not StorageStep.DeleteFolder || File.ReadAllText(scene.At("skills/a1/SKILL.md")) == "changed since") return;
            isEdited = true;
            scene.Write("skills/a1/SKILL.md", "edited right away");
        }));

        var error = await Assert.ThrowsAsync<StorageException>(() => new CollectionSnapshots(store).RestoreAsync(null, id, [], SnapshotScene.Patience, SnapshotScene.Cancellation));

        Assert.StartsWith($"Snapshot {id} was restored, but the result could not be verified: ", error.Message, StringComparison.Ordinal);
        Assert.Equal([(id, false), (scene.Snapshots.List(null).Snapshots[0].SnapshotId, true)], error.WaysBack.Select(way => (way.SnapshotId, way.IsBefore)));
        Assert.Equal("edited right away", await File.ReadAllTextAsync(scene.At("skills/a1/SKILL.md"), SnapshotScene.Cancellation));
    }

    [Fact]
    public async Task A_file_that_can_not_be_read_is_the_reason_why_there_is_no_snapshot()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "this user may read everything");
        using var scene = new SnapshotScene();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(scene.At("skills/a1/.env"), UnixFileMode.None);
        var error = await Assert.ThrowsAsync<StorageException>(() => scene.TakeAsync());
        Assert.Contains("skills/a1/.env", error.Message, StringComparison.Ordinal);
        Assert.Empty(scene.Snapshots.List(null).Snapshots);
    }

    private static void Mutate(SnapshotScene scene)
    {
        scene.Write("skills/a1/SKILL.md", "changed");
        scene.Write("skills/a1/new/deep/file", "new");
        File.Delete(scene.At("skills/a1/.env"));
        Directory.Delete(scene.At("skills/a3"), recursive: true);
        Directory.Delete(scene.At("skills/a2/empty folder"));
        scene.Write("skills/a2/empty folder", "now a file");
        scene.Write("agents/new.md", "new");
        File.AppendAllText(scene.At("collection.toml"), "\n# odd\n");
        if (!OperatingSystem.IsWindows()) MutateUnix(scene);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void MutateUnix(SnapshotScene scene)
    {
        File.SetUnixFileMode(scene.At("skills/a2/run.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Delete(scene.At("skills/a2/link.md"));
        File.CreateSymbolicLink(scene.At("skills/a2/link.md"), "run.sh");
        File.SetUnixFileMode(scene.At("commands"), (UnixFileMode)0x1c0);
    }
}
