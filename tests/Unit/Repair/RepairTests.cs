using SkillMeat.Collections;
using SkillMeat.Repair;
using SkillMeat.Tests.Snapshots;
using Xunit;

namespace SkillMeat.Tests.Repair;

/// <summary>A repair finds problems, loses no data, and reports its changes.</summary>
public sealed class RepairTests
{
    [Fact]
    public async Task A_home_in_which_all_is_well_has_no_findings_and_is_not_touched()
    {
        using var scene = new SnapshotScene();
        File.Delete(scene.At("commands/review.md"));
        await scene.TakeAsync();
        await RepairAsync(scene);
        var before = Support.FileTree.Describe(scene.Home, ["locks"]);
        Assert.Empty(await RepairAsync(scene));
        Assert.Equal(before, Support.FileTree.Describe(scene.Home, ["locks"]));
    }

    [Fact]
    public async Task Files_that_nobody_lists_and_artifacts_without_files_are_named_and_left()
    {
        using var scene = new SnapshotScene();
        Directory.Delete(scene.At("skills/a3"), recursive: true);
        var before = scene.Describe();

        var findings = await RepairAsync(scene);

        Assert.Equal(["skill:a3 has no files", "files that the manifest does not list"], findings.Select(finding => finding.Finding));
        Assert.Equal([scene.At("skills/a3"), scene.At("commands/review.md")], findings.Select(finding => finding.Path));
        Assert.All(findings, finding => Assert.StartsWith("left as it is: ", finding.Action, StringComparison.Ordinal));
        Assert.Equal(before, scene.Describe());
    }

    [Fact]
    public async Task Names_that_not_every_system_can_hold_are_named_and_left()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "This system can't hold such a name.");
        using var scene = new SnapshotScene();
        File.Delete(scene.At("commands/review.md"));
        scene.Write("skills/a1/aux.md", "x");
        scene.Write("skills/a1/Notes/more", "x");
        var before = scene.Describe();

        var findings = await RepairAsync(scene);

        Assert.Equal([(scene.At("skills/a1/aux.md"), "a name that not every system can hold"), (scene.At("skills/a1/notes"), "a name that not every system can hold")], findings.Select(finding => (finding.Path, finding.Finding)));
        Assert.Contains("device", findings[0].Action, StringComparison.Ordinal);
        Assert.Contains("'skills/a1/Notes'", findings[1].Action, StringComparison.Ordinal);
        Assert.Equal(before, scene.Describe());
    }

    [Fact]
    public async Task Paths_that_were_written_on_Windows_are_those_of_the_artifacts()
    {
        using var scene = new SnapshotScene();
        File.Delete(scene.At("commands/review.md"));
        var manifest = scene.At("collection.toml");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("path = \"skills/", "path = 'skills\\", StringComparison.Ordinal).Replace("\"\norigin", "'\norigin", StringComparison.Ordinal));
        await scene.TakeAsync();
        await RepairAsync(scene);
        var before = File.ReadAllBytes(manifest);

        Assert.Equal(["skills/a1", "skills/a2", "skills/a3"], CollectionStore.Open(scene.Home).Read().Artifacts.Select(artifact => artifact.Path));
        Assert.Empty(await RepairAsync(scene));
        Assert.Equal(before, File.ReadAllBytes(manifest));
    }

    [Fact]
    public async Task Where_manifest_and_lock_file_disagree_the_lock_file_counts()
    {
        using var scene = new SnapshotScene();
        File.Delete(scene.At("commands/review.md"));
        var (old, @new) = (new string('a', 40), new string('b', 40));
        var manifest = await File.ReadAllTextAsync(scene.At("collection.toml"), SnapshotScene.Cancellation);
        scene.Write("collection.toml", manifest.Replace("path = \"skills/a1\"\n", $"path = \"skills/a1\"\nresolved_sha = \"{old}\"\n", StringComparison.Ordinal));
        var lockFile = await File.ReadAllTextAsync(scene.At("collection.lock"), SnapshotScene.Cancellation);
        var repinned = lockFile.Replace("\"a1::skill\"]\n", $"\"a1::skill\"]\nresolved_sha = \"{@new}\"\n", StringComparison.Ordinal);
        scene.Write("collection.lock", repinned + "\n[lock.entries.\"gone::skill\"]\ncontent_hash = \"x\"\nfetched = \"2026-01-01T00:00:00\"\n");
        var before = scene.Describe();

        var planned = await RepairAsync(scene, dryRun: true);
        Assert.Equal(before, scene.Describe());
        var findings = await RepairAsync(scene);

        Assert.Equal(["skill:a1 has commit aaaaaaaa in the manifest and bbbbbbbb in the lock file", "a lock entry of skill:gone, which the manifest does not list"], findings.Select(finding => finding.Finding));
        Assert.Equal(["would be set to the lock file's", "would be removed"], planned.Select(finding => finding.Action));
        Assert.Contains($"resolved_sha = \"{@new}\"", await File.ReadAllTextAsync(scene.At("collection.toml"), SnapshotScene.Cancellation), StringComparison.Ordinal);
        Assert.DoesNotContain("gone::skill", await File.ReadAllTextAsync(scene.At("collection.lock"), SnapshotScene.Cancellation), StringComparison.Ordinal);
        Assert.Empty(await RepairAsync(scene));
        var snapshot = Assert.Single(scene.Snapshots.List(null).Snapshots);
        Assert.Equal("pre-repair", snapshot.Kind);
        await scene.RestoreAsync(snapshot.SnapshotId);
        Assert.Equal(before, scene.Describe());
    }

    [Fact]
    public async Task Damaged_contents_are_stored_again_where_the_files_are_still_there()
    {
        using var scene = new SnapshotScene();
        File.Delete(scene.At("commands/review.md"));
        var id = await scene.TakeAsync();
        await DamageAsync(scene);

        Assert.Contains(await RepairAsync(scene, dryRun: true), finding => finding.IsLeft);
        var findings = await RepairAsync(scene);

        Assert.Contains(findings, finding => finding.Finding == $"damaged contents of snapshot {id}" && finding.Action.StartsWith("stored again from the collection's files", StringComparison.Ordinal));
        Assert.Empty(await RepairAsync(scene));
        Assert.True((await scene.Snapshots.VerifyAsync(null, id, SnapshotScene.Cancellation)).IsSound);
    }

    [Fact]
    public async Task Damaged_contents_whose_files_changed_since_are_named_and_left()
    {
        using var scene = new SnapshotScene();
        File.Delete(scene.At("commands/review.md"));
        var id = await scene.TakeAsync();
        foreach (var file in Directory.GetFiles(scene.Folder, "*", SearchOption.AllDirectories)) await File.AppendAllTextAsync(file, "\n# changed\n", SnapshotScene.Cancellation);
        await DamageAsync(scene);
        Assert.Contains(await RepairAsync(scene), finding => finding.Finding == $"damaged contents of snapshot {id}" && finding.Action.StartsWith("left as it is: it can no longer be restored", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tarball_that_is_not_whole_is_taken_out_of_the_originals_list()
    {
        using var scene = new SnapshotScene();
        File.Delete(scene.At("commands/review.md"));
        Directory.CreateDirectory(scene.SnapshotsFolder);
        var (cut, missing) = ("20260101-101010-000001", "20260101-101010-000002");
        var tarball = Path.Combine(scene.SnapshotsFolder, $"{cut}.tar.gz");
        await File.WriteAllTextAsync(tarball, "cut", SnapshotScene.Cancellation);
        await File.WriteAllTextAsync(Path.Combine(scene.SnapshotsFolder, "snapshots.toml"), string.Concat(new[] { cut, missing }.Select(id => $"[[snapshots]]\nid = \"{id}\"\ntimestamp = \"2026-01-01T10:10:10\"\nmessage = \"m\"\nartifact_count = 1\ntarball_path = \"/x/{id}.tar.gz\"\n\n")), SnapshotScene.Cancellation);

        var findings = await RepairAsync(scene);

        Assert.Equal([$"snapshot {missing}, whose tarball is missing", $"snapshot {cut}, whose tarball is damaged"], findings.Select(finding => finding.Finding));
        Assert.True(File.Exists(tarball));
        Assert.Empty(scene.Snapshots.List(null).Snapshots);
        Assert.Empty(await RepairAsync(scene));
    }

    [Fact]
    public async Task Leftovers_that_no_journal_names_go_unless_they_are_somebodys_old_bytes()
    {
        using var scene = new SnapshotScene();
        File.Delete(scene.At("commands/review.md"));
        scene.Write("skills/.skm-0123-1.new/SKILL.md", "new");
        scene.Write("skills/.skm-0123-2.old", "old");
        var findings = await RepairAsync(scene);
        Assert.Equal([scene.At("skills/.skm-0123-1.new"), scene.At("skills/.skm-0123-2.old")], findings.Select(finding => finding.Path));
        Assert.False(Directory.Exists(scene.At("skills/.skm-0123-1.new")));
        Assert.True(File.Exists(scene.At("skills/.skm-0123-2.old")));
    }

    [Fact]
    public async Task Files_that_can_not_be_read_are_named_with_the_line()
    {
        using var scene = new SnapshotScene();
        scene.Write("collection.toml", "[collection]\nname = \n");
        var finding = Assert.Single(await RepairAsync(scene));
        Assert.Equal(("an unreadable file", scene.At("collection.toml")), (finding.Finding, finding.Path));
        Assert.Contains("(line 2); correct it by hand, or restore a snapshot", finding.Action, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<RepairFinding>> RepairAsync(SnapshotScene scene, bool dryRun = false) =>
        new HomeRepair(CollectionStore.Open(scene.Home)).RepairAsync(dryRun, SnapshotScene.Patience, SnapshotScene.Cancellation);

    private static async Task DamageAsync(SnapshotScene scene)
    {
        var pack = Assert.Single(Directory.GetFiles(Path.Combine(scene.Home, "objects")));
        var bytes = await File.ReadAllBytesAsync(pack, SnapshotScene.Cancellation);
        bytes[bytes.Length / 4] ^= 1;
        await File.WriteAllBytesAsync(pack, bytes, SnapshotScene.Cancellation);
    }
}
