using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Snapshots;

/// <summary>The tarballs of Python SkillMeat are restored like our snapshots if they are complete and harmless, and Python SkillMeat can restore exports.</summary>
public sealed class TarballTests
{
    private const string Id = "20260101-101010-000001";

    [Fact]
    public async Task The_snapshots_of_a_real_home_are_listed_and_restored()
    {
        var shared = SharedFolder.Find();
        Assert.SkipWhen(shared is null, "the fixture of a real home lies beside the checkout, and isn't there");
        using var home = TestHome.None();
        CopyFolder(Path.Combine(shared, "compat", "home", "user", ".skillmeat"), home.Home);
        var snapshots = new CollectionSnapshots(CollectionStore.Open(home.Home));

        var page = snapshots.List("default");
        Assert.Equal(4, page.Total);
        Assert.Equal(["automatic", "automatic", "automatic", "manual"], page.Snapshots.Select(s => s.Kind));
        Assert.Equal("Before experiments", page.Snapshots[^1].Message);
        Assert.All(page.Snapshots, s => Assert.Null(s.Problem));

        foreach (var snapshot in page.Snapshots)
        {
            Assert.True((await snapshots.VerifyAsync("default", snapshot.SnapshotId, SnapshotScene.Cancellation)).IsSound);
            await snapshots.RestoreAsync("default", snapshot.SnapshotId, [], SnapshotScene.Patience, SnapshotScene.Cancellation);
            var unpacked = Directory.CreateDirectory(Path.Combine(home.Place, snapshot.SnapshotId)).FullName;
            await SnapshotScene.RunAsync("tar", "xzf", Path.Combine(home.Snapshots, $"{snapshot.SnapshotId}.tar.gz"), "-C", unpacked);
            Assert.Equal(SnapshotScene.Describe(Path.Combine(unpacked, "default")).Split('\n')[1..], SnapshotScene.Describe(home.At("collections", "default")).Split('\n')[1..]);
        }
    }

    [Fact]
    public async Task A_tarball_that_is_cut_or_changed_anywhere_is_refused_or_restores_exactly()
    {
        using var scene = new SnapshotScene();
        var tarball = List(scene, Member("default/collection.toml", "[collection]\nname = \"default\"\n"), Member("default/skills/x/SKILL.md", string.Join(' ', Enumerable.Range(0, 300))));
        var before = scene.Describe();
        await scene.RestoreAsync(Id);
        var restored = scene.Describe();
        foreach (var change in Damages(tarball))
        {
            await File.WriteAllBytesAsync(Path.Combine(scene.SnapshotsFolder, $"{Id}.tar.gz"), change, SnapshotScene.Cancellation);
            try
            {
                await scene.RestoreAsync(Id);
            }
            catch (DataFileException e)
            {
                Assert.Equal(ErrorIds.ArchiveRefused, e.ErrorId);
            }

            Assert.Equal(restored, scene.Describe());
        }

        Assert.NotEqual(before, restored);
        scene.AssertNothingLeft();
    }

    [Fact]
    public async Task A_hostile_tarball_is_refused_before_anything_is_changed()
    {
        var cases = new (string Why, TarEntry[] Members)[]
        {
            ("leads out of the archive", [Member("default/../../evil", "x")]),
            ("has an absolute path", [Member("/tmp/evil", "x")]),
            ("which may be outside", [Link("default/out", "../../..")]),
            ("which may be outside", [Link("default/out", "/etc")]),
            ("written through a link", [Link("default/here", "skills"), Member("default/here/evil", "x")]),
            ("is not a file, folder or link", [new PaxTarEntry(TarEntryType.Fifo, "default/pipe")]),
            ("is not a file, folder or link", [new PaxTarEntry(TarEntryType.CharacterDevice, "default/device")]),
            ("contains 'default' and 'other'", [Member("default/a", "x"), Member("other/b", "x")]),
            ("contains no collection.toml", []),
        };
        foreach (var (why, members) in cases)
        {
            using var scene = new SnapshotScene();
            TarEntry[] first = why.Contains("collection.toml", StringComparison.Ordinal) ? [Member("default/x", "x")] : [Member("default/collection.toml", "[collection]\nname = \"default\"\n")];
            List(scene, [.. first, .. members]);
            var before = scene.Describe();

            var error = await Assert.ThrowsAsync<DataFileException>(() => scene.RestoreAsync(Id));

            Assert.Equal(ErrorIds.ArchiveRefused, error.ErrorId);
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
            Assert.Equal(before, scene.Describe());
            Assert.False(Path.Exists(Path.Combine(scene.Home, "collections", "evil")) || Path.Exists("/tmp/evil"));
            Assert.Contains(why, Assert.Single((await scene.Snapshots.VerifyAsync(null, Id, SnapshotScene.Cancellation)).Problems), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_export_is_listed_for_the_original_and_unpacks_to_the_same()
    {
        using var scene = new SnapshotScene();
        var before = scene.Describe();
        var id = await scene.TakeAsync("to take along");
        scene.Write("skills/a1/SKILL.md", "changed");

        var export = await scene.Snapshots.ExportAsync(null, id, path: null, overwrite: false, SnapshotScene.Patience, SnapshotScene.Cancellation);

        Assert.Equal((id, Path.Combine(scene.SnapshotsFolder, $"{id}.tar.gz"), true), (export.SnapshotId, export.Path, export.IsListed));
        var list = await File.ReadAllTextAsync(Path.Combine(scene.SnapshotsFolder, "snapshots.toml"), SnapshotScene.Cancellation);
        Assert.Contains($"id = \"{id}\"", list, StringComparison.Ordinal);
        Assert.Contains("message = \"to take along\"\nartifact_count = 3\n", list, StringComparison.Ordinal);
        Assert.Single(scene.Snapshots.List(null).Snapshots);
        Assert.Equal(before, await UnpackAsync(scene, export.Path));

        // Without our own file, only the tarball is left.
        File.Delete(Path.Combine(scene.SnapshotsFolder, $"{id}.snapshot.json"));
        await scene.RestoreAsync(id);
        Assert.Equal(before, scene.Describe());
    }

    [Fact]
    public async Task An_export_to_a_place_of_ones_own_is_not_listed_and_replaces_nothing()
    {
        using var scene = new SnapshotScene();
        var id = await scene.TakeAsync();
        var path = Path.Combine(scene.Home, "..", "mine.tar.gz");
        var export = await scene.Snapshots.ExportAsync(null, id, path, overwrite: false, SnapshotScene.Patience, SnapshotScene.Cancellation);
        Assert.False(export.IsListed);
        Assert.False(File.Exists(Path.Combine(scene.SnapshotsFolder, "snapshots.toml")));
        Assert.Equal(scene.Describe(), await UnpackAsync(scene, export.Path));
        var refused = await Assert.ThrowsAsync<SkillMeatException>(() => scene.Snapshots.ExportAsync(null, id, path, overwrite: false, SnapshotScene.Patience, SnapshotScene.Cancellation));
        Assert.Contains("already exists", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_replaces_a_file_only_when_told_to_and_never_one_of_the_home()
    {
        using var scene = new SnapshotScene();
        var id = await scene.TakeAsync();
        var path = Path.Combine(scene.Home, "..", "mine.tar.gz");
        await File.WriteAllTextAsync(path, "something else", SnapshotScene.Cancellation);
        var export = await scene.Snapshots.ExportAsync(null, id, path, overwrite: true, SnapshotScene.Patience, SnapshotScene.Cancellation);
        Assert.Equal(scene.Describe(), await UnpackAsync(scene, export.Path));

        var manifest = Path.Combine(scene.Home, "collections", "default", "collection.toml");
        var before = scene.Describe();
        var refused = await Assert.ThrowsAsync<SkillMeatException>(() => scene.Snapshots.ExportAsync(null, id, manifest, overwrite: true, SnapshotScene.Patience, SnapshotScene.Cancellation));
        Assert.Contains("is in the home", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, scene.Describe());
    }

    [Fact]
    public async Task An_export_replaces_no_file_of_the_home_that_is_reached_through_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        using var scene = new SnapshotScene();
        var id = await scene.TakeAsync();
        var place = Path.GetFullPath(Path.Combine(scene.Home, ".."));
        File.CreateSymbolicLink(Path.Combine(place, "link.tar.gz"), scene.At("collection.toml"));
        Directory.CreateSymbolicLink(Path.Combine(place, "folder"), scene.Folder);
        scene.Write("../../..x", "a file of the home");
        var before = scene.Describe();

        foreach (var (path, why) in new[]
        {
            (Path.Combine(place, "link.tar.gz"), "is a link"),
            (Path.Combine(place, "folder", "collection.toml"), "is in the home"),
            (Path.Combine(scene.Home, "..x"), "is in the home"),
        })
        {
            var refused = await Assert.ThrowsAsync<SkillMeatException>(() => scene.Snapshots.ExportAsync(null, id, path, overwrite: true, SnapshotScene.Patience, SnapshotScene.Cancellation));
            Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        }

        var home = Path.Combine(place, "other-home");
        Directory.CreateSymbolicLink(home, scene.Home);
        var snapshots = new CollectionSnapshots(CollectionStore.Open(home));
        await Assert.ThrowsAsync<SkillMeatException>(() => snapshots.ExportAsync(null, id, scene.At("collection.toml"), overwrite: true, SnapshotScene.Patience, SnapshotScene.Cancellation));
        Assert.Equal((before, "a file of the home"), (scene.Describe(), await File.ReadAllTextAsync(Path.Combine(scene.Home, "..x"), SnapshotScene.Cancellation)));
    }

    [Fact]
    public async Task A_removed_tarball_is_neither_there_nor_listed_and_the_others_stay_as_they_are()
    {
        using var scene = new SnapshotScene();
        List(scene, Member("default/collection.toml", "x"));
        var list = Path.Combine(scene.SnapshotsFolder, "snapshots.toml");
        await File.AppendAllTextAsync(list, "\n# another one\n[[snapshots]]\nid = \"20260102-101010-000001\"\ntimestamp = \"2026-01-02T10:10:10.000001\"\nmessage = \"other\"\nartifact_count = 1\nodd = 1\n", SnapshotScene.Cancellation);

        await scene.Snapshots.RemoveAsync(null, [Id], SnapshotScene.Patience, SnapshotScene.Cancellation);

        Assert.False(File.Exists(Path.Combine(scene.SnapshotsFolder, $"{Id}.tar.gz")));
        Assert.Equal(["20260102-101010-000001"], scene.Snapshots.List(null).Snapshots.Select(s => s.SnapshotId));
        Assert.Contains("# another one\n[[snapshots]]\nid = \"20260102-101010-000001\"", await File.ReadAllTextAsync(list, SnapshotScene.Cancellation), StringComparison.Ordinal);
        Assert.Contains("the tarball is missing", Assert.Single(scene.Snapshots.List(null).Snapshots).Problem, StringComparison.Ordinal);
    }

    private static async Task<string> UnpackAsync(SnapshotScene scene, string tarball)
    {
        var folder = Directory.CreateDirectory(Path.Combine(scene.Home, "..", "unpacked")).FullName;
        await SnapshotScene.RunAsync("tar", "xpzf", tarball, "-C", folder);
        var root = Assert.Single(Directory.GetDirectories(folder));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(root, File.GetUnixFileMode(scene.Folder));
        return SnapshotScene.Describe(root);
    }

    private static byte[] List(SnapshotScene scene, params TarEntry[] members)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var member in members) tar.WriteEntry(member);
        }

        Directory.CreateDirectory(scene.SnapshotsFolder);
        File.WriteAllBytes(Path.Combine(scene.SnapshotsFolder, $"{Id}.tar.gz"), file.ToArray());
        File.WriteAllText(Path.Combine(scene.SnapshotsFolder, "snapshots.toml"),
            $"[[snapshots]]\nid = \"{Id}\"\ntimestamp = \"2026-01-01T10:10:10.000001\"\nmessage = \"theirs\"\nartifact_count = 1\ntarball_path = \"/elsewhere/{Id}.tar.gz\"\n");
        return file.ToArray();
    }

    private static IEnumerable<byte[]> Damages(byte[] tarball)
    {
        for (var length = 0; length < tarball.Length; length += Math.Max(1, tarball.Length / 30)) yield return tarball[..length];
        for (var bit = 0; bit < tarball.Length * 8; bit += 131)
        {
            var flipped = (byte[])tarball.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return flipped;
        }
    }

    private static PaxTarEntry Member(string path, string text) => new(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    private static PaxTarEntry Link(string path, string target) => new(TarEntryType.SymbolicLink, path) { LinkName = target };

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
