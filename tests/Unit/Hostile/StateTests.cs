using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Maintenance;
using SkillMeat.Objects.Packs;
using SkillMeat.Objects.Trees;
using SkillMeat.Snapshots;
using SkillMeat.Storage.Archives;
using SkillMeat.Storage.Files;
using SkillMeat.Tests.Objects;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Hostile;

/// <summary>State on disk that another program wrote: each checksum is right, and the content obeys no rule of ours.</summary>
public sealed class StateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Names => new()
    {
        { "../../x", "is not a name" }, { "..", "is not a name" }, { ".", "is not a name" }, { "a/b", "is not a name" }, { "a\0b", "is not a name" }, { "", "is empty" }, { "/etc", "is not a name" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pack_with_a_name_that_leads_elsewhere_is_damaged(string name, string problem)
    {
        using var home = new ObjectHome();
        var tree = Pack(home, [(name, TreeEntryKind.File, home.Open().BeginWrite().AddBlob("planted"u8))]);

        var error = Assert.Throws<DataFileException>(() => home.Open().ReadTree(tree));

        Assert.Equal(ErrorIds.ObjectCorrupt, error.ErrorId);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Throws<DataFileException>(() => new TreeWriter(home.Open()).Write(tree, home.At("restored"), Cancellation));
        Assert.False(File.Exists(home.At("x")));
        Assert.Contains(problem, Assert.Single(new ObjectVerifier(home.Open()).Verify([("root", tree)], Cancellation).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_are_twice_or_in_another_order_are_damage()
    {
        using var home = new ObjectHome();
        var blob = home.Open().BeginWrite().AddBlob("x"u8);
        foreach (var names in new[] { new[] { "a", "a" }, ["b", "a"] })
        {
            var tree = Pack(home, [.. names.Select(name => (name, TreeEntryKind.File, blob))]);
            Assert.Contains("not in order", Assert.Throws<DataFileException>(() => home.Open().ReadTree(tree)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Folders_in_each_other_without_an_end_are_damage_and_no_crash()
    {
        using var home = new ObjectHome();
        var objects = new List<(ObjectId, byte[])>();
        var tree = Node([], objects);
        for (var depth = 0; depth < 5000; depth++) tree = Node([("a", TreeEntryKind.Folder, tree)], objects);
        Write(home, objects);

        Assert.Contains("1000", Assert.Throws<DataFileException>(() => new TreeWriter(home.Open()).Write(tree, home.At("restored"), Cancellation)).Message, StringComparison.Ordinal);
        Assert.NotEmpty(new ObjectVerifier(home.Open()).Verify([("root", tree)], Cancellation).Problems);
        Assert.Throws<DataFileException>(() => ContentFiles.Of(home.Open(), new TreeEntry("root", TreeEntryKind.Folder, tree, 0)));
        Assert.Throws<DataFileException>(() => new ObjectCollector(home.Open()).Collect([tree], Cancellation));
    }

    [Fact]
    public void A_few_folders_that_list_each_other_a_million_times_are_damage()
    {
        using var home = new ObjectHome();
        var objects = new List<(ObjectId, byte[])>();
        var tree = Node([], objects);
        for (var depth = 0; depth < 10; depth++) tree = Node([.. Enumerable.Range(10, 40).Select(number => (number.ToString(CultureInfo.InvariantCulture), TreeEntryKind.Folder, tree))], objects);
        Write(home, objects);

        Assert.Contains("1000000", Assert.Throws<DataFileException>(() => new TreeWriter(home.Open()).Write(tree, home.At("restored"), Cancellation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_snapshot_of_three_megabytes_that_unpacks_to_gigabytes_is_damaged()
    {
        using var home = TestHome.WithSkills(1);
        Assert.Equal(0, (await home.RunAsync("collection", "refresh")).ExitCode);
        var file = Assert.Single(Directory.GetFiles(home.Snapshots, "*.state.json.gz"));
        var id = Path.GetFileName(file).Split('.')[0];
        using (var packed = new FileStream(file, FileMode.Create))
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.ASCII.GetBytes($$"""{"format":1,"id":"{{id}}","kind":"pre-refresh","collection":"default","created_at":"2026-01-01T00:00:00Z","message":"","artifact_count":1,"lock":null,"manifest":{"text":" """));
            var piece = new byte[1 << 20];
            Array.Fill(piece, (byte)' ');
            for (var i = 0; i < 3072; i++) gzip.Write(piece);
            gzip.Write("\"}}"u8);
        }

        var before = GC.GetTotalAllocatedBytes();
        var verify = await home.RunAsync("snapshot", "verify", id);
        var restore = await home.RunAsync("snapshot", "restore", id, "--yes");
        var allocated = GC.GetTotalAllocatedBytes() - before;

        Assert.Equal(1, verify.ExitCode);
        Assert.Equal(1, restore.ExitCode);
        Assert.Contains("the limit for a snapshot of manifest and lock file", verify.Output + verify.Error, StringComparison.Ordinal);
        Assert.Contains("the limit for a snapshot of manifest and lock file", restore.Error, StringComparison.Ordinal);
        Assert.True(allocated < 200 << 20, $"{allocated} bytes allocated");
    }

    [Fact]
    public void A_snapshot_that_says_that_it_is_short_is_not_unpacked_further()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(new byte[50 << 20]);
        var bytes = packed.ToArray();
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), 100);

        Assert.Throws<DataFileException>(() => ManifestSnapshotFormat.Read(bytes, "x"));
    }

    [Fact]
    public async Task A_snapshot_under_the_name_of_another_one_is_damaged()
    {
        using var home = TestHome.WithSkills(1);
        Assert.Equal(0, (await home.RunAsync("snapshot", "new")).ExitCode);
        var file = Assert.Single(Directory.GetFiles(home.Snapshots, "*.snapshot.json"));
        File.Copy(file, Path.Combine(home.Snapshots, "20200101-000000-000000.snapshot.json"));

        var verify = await home.RunAsync("snapshot", "verify", "20200101-000000-000000");

        Assert.Equal(1, verify.ExitCode);
        Assert.Contains("under the name of another one", verify.Output + verify.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"kind\":\"File\"", "\"kind\":\"99\"")]
    [InlineData("\"file\":\"", "\"file\":\"../")]
    [InlineData("\"name\":\"", "\"name\":\"../")]
    [InlineData("\"size\":", "\"size\":-")]
    [InlineData("\"object\":\"", "\"object\":null,\"x\":\"")]
    [InlineData("\"content_hash\":\"", "\"content_hash\":null,\"x\":\"")]
    public async Task Merge_bases_that_obey_no_rule_are_reported_by_repair(string sound, string odd)
    {
        using var home = TestHome.WithSkills(2);
        var updated = await home.RunAsync("update", "a1");
        Assert.True(updated.ExitCode == 0, updated.Error + updated.Output);
        var file = home.At("baselines", "default.json");
        var text = (await File.ReadAllTextAsync(file, Cancellation)).Replace("\"kind\":\"Folder\"", "\"kind\":\"File\"", StringComparison.Ordinal);
        Assert.Contains(sound, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text.Replace(sound, odd, StringComparison.Ordinal), Cancellation);

        var update = await home.RunAsync("update", "a1");
        Assert.DoesNotContain("   at ", update.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text.Replace(sound, odd, StringComparison.Ordinal), Cancellation);
        var repair = await home.RunAsync("repair");

        Assert.Contains("an unreadable list of merge bases", repair.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("an unreadable list", (await home.RunAsync("repair")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_odd_merge_base_does_not_hide_the_others()
    {
        using var home = TestHome.WithSkills(2);
        (await home.RunAsync("update", "--all")).Succeeds();
        var file = home.At("baselines", "default.json");
        var text = await File.ReadAllTextAsync(file, Cancellation);
        Assert.Equal(3, text.Split("\"type\":\"skill\"").Length);
        var at = text.IndexOf("\"type\":\"skill\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, string.Concat(text.AsSpan(0, at), "\"type\":\"plugin\"", text.AsSpan(at + "\"type\":\"skill\"".Length)), Cancellation);

        var repair = await home.RunAsync("repair");

        Assert.Contains("an unreadable list of merge bases", repair.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await File.ReadAllTextAsync(file, Cancellation)).Split("\"type\":\"skill\"").Length);
    }

    [Fact]
    public async Task A_list_of_snapshots_makes_no_other_file_be_deleted()
    {
        using var home = TestHome.WithSkills(1);
        Assert.Equal(0, (await home.RunAsync("snapshot", "new")).ExitCode);
        var other = Assert.Single(Directory.GetFiles(home.Snapshots, "*.snapshot.json"));
        home.Write("victim", "precious");
        foreach (var path in new[] { other, Path.Combine(home.Place, "victim"), "../../../victim", $"{home.Snapshots}/../../config.toml" })
        {
            home.Write(Path.Combine(home.Snapshots, "snapshots.toml"), $"[[snapshots]]\nid = \"20200101-000000-000000\"\ntimestamp = \"2020-01-01T00:00:00\"\nmessage = \"m\"\nartifact_count = 1\ntarball_path = '{path}'\n");

            Assert.Equal(0, (await home.RunAsync("snapshot", "remove", "20200101-000000-000000", "--yes")).ExitCode);

            Assert.True(File.Exists(other) && File.Exists(home.Config) && File.Exists(Path.Combine(home.Place, "victim")), path);
        }
    }

    [Fact]
    public async Task Modes_of_a_tarball_are_at_most_those_of_git()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "permissions are not part of files there");
        using var home = TestHome.WithSkills(1);
        var path = Path.Combine(home.Snapshots, "20200101-000000-000000.tar.gz");
        Directory.CreateDirectory(home.Snapshots);
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            void Add(string name, string? text, int mode)
            {
                var entry = new PaxTarEntry(text is null ? TarEntryType.Directory : TarEntryType.RegularFile, name) { Mode = (UnixFileMode)Convert.ToInt32(mode.ToString(CultureInfo.InvariantCulture), 8) };
                if (text is not null) entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text));
                tar.WriteEntry(entry);
            }

            Add("default", null, 777);
            Add("default/collection.toml", "[collection]\nname = \"default\"\nversion = \"1.0.0\"\n", 666);
            Add("default/open", "x", 6777);
            Add("default/private", "x", 600);
            Add("default/folder", null, 777);
            Add("default/folder/file", "x", 646);
        }

        home.Write(Path.Combine(home.Snapshots, "snapshots.toml"), $"[[snapshots]]\nid = \"20200101-000000-000000\"\ntimestamp = \"2020-01-01T00:00:00\"\nmessage = \"m\"\nartifact_count = 0\ntarball_path = '{path}'\n");

        var run = await home.RunAsync("snapshot", "restore", "20200101-000000-000000", "--yes");

        Assert.True(run.ExitCode == 0, run.Error);
        string[] written = [.. new[] { "open", "private", "folder", "folder/file" }.Select(name => ModeOf(home.At("collections", "default", name)))];
        Assert.Equal(["755", "600", "755", "644"], written);
    }

    [Fact]
    public void An_extended_header_of_a_gigabyte_is_refused()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            // A header that says that a gigabyte of attributes follows.
            var header = new byte[512];
            Encoding.ASCII.GetBytes("PaxHeaders/x").CopyTo(header, 0);
            Encoding.ASCII.GetBytes("0000644\0").CopyTo(header, 100);
            Encoding.ASCII.GetBytes("10000000000\0").CopyTo(header, 124);
            Encoding.ASCII.GetBytes("00000000000\0").CopyTo(header, 136);
            header[156] = (byte)'x';
            Encoding.ASCII.GetBytes("ustar\000").CopyTo(header, 257);
            Array.Fill(header, (byte)' ', 148, 8);
            Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(one => one), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
            gzip.Write(header);
            var piece = new byte[1 << 20];
            for (var i = 0; i < 1024; i++) gzip.Write(piece);
        }

        packed.Position = 0;
        var error = Assert.Throws<DataFileException>(() => new TarballReader(ArchiveLimits.Default).Read(packed, "test.tar.gz", (_, _) => { }, Cancellation));

        Assert.Contains("an extended header of more than 16777216 bytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("collection.toml")]
    [InlineData("collection.lock")]
    [InlineData("./Collection.Lock")]
    [InlineData("collection.lock/x")]
    [InlineData("skills/a\\u0000b")]
    public async Task An_artifact_at_the_files_of_the_collection_is_a_clear_error(string path)
    {
        using var home = TestHome.WithSkills(2);
        home.Write(home.Manifest, (await File.ReadAllTextAsync(home.Manifest, Cancellation)).Replace("path = \"skills/a2\"", $"path = \"{path}\"", StringComparison.Ordinal));
        var before = home.Tree("locks");

        var run = await home.RunAsync("remove", "a2", "--yes");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("path '", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, home.Tree("locks"));
    }

    [Theory]
    [InlineData("https://ada:s3cret@example.com/o/r", "https://example.com/o/r")]
    [InlineData("https://ghp_s3cret@github.com/o/r/tree/v1/skills/x", "https://github.com/o/r/tree/v1/skills/x")]
    [InlineData("https://ada:p@s3cret@example.com/o/r", "https://example.com/o/r")]
    [InlineData("https://ada:p/s3cret@example.com/o/r", "https://example.com/o/r")]
    [InlineData("ssh://git:s3cret@example.com/o/r", "ssh://git@example.com/o/r")]
    [InlineData("https://example.com/o/r@v1", "https://example.com/o/r@v1")]
    [InlineData("https://example.com:8443/o/r@v1", "https://example.com:8443/o/r@v1")]
    public async Task A_password_in_an_address_is_not_shown(string address, string shown)
    {
        using var home = TestHome.WithSkills(1);
        home.Write(home.Manifest, (await File.ReadAllTextAsync(home.Manifest, Cancellation)).Replace("../../../upstream/skills/a1", address, StringComparison.Ordinal));

        Assert.Equal(shown, (await home.RunAsync("list", "--format", "json")).Json[0].GetProperty("upstream").GetString());
        Assert.DoesNotContain("s3cret", (await home.RunAsync("show", "a1")).Output, StringComparison.Ordinal);
        var add = await home.RunAsync("add", "skill", address.Replace("example.com", "127.0.0.1:1", StringComparison.Ordinal).Replace("github.com", "127.0.0.1:1", StringComparison.Ordinal), "--timeout", "1");
        Assert.DoesNotContain("s3cret", add.Error + add.Output, StringComparison.Ordinal);
    }

    private static string ModeOf(string path) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path), 8);

    // Packs with sound checksums, whatever is in their objects.
    private static ObjectId Pack(ObjectHome home, (string Name, TreeEntryKind Kind, ObjectId Id)[] entries)
    {
        var objects = new List<(ObjectId, byte[])>();
        var tree = Node(entries, objects);
        Write(home, objects);
        return tree;
    }

    private static ObjectId Node((string Name, TreeEntryKind Kind, ObjectId Id)[] entries, List<(ObjectId, byte[])> objects)
    {
        var target = new ByteWriter(64);
        target.Byte(0);
        foreach (var (name, kind, id) in entries)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            target.Number(((long)bytes.Length << 2) | (long)kind);
            target.Bytes(bytes);
            target.Number(0);
            target.Number(kind == TreeEntryKind.Folder ? 0 : 7);
            target.Id(id);
        }

        var node = target.Span.ToArray();
        var hash = ObjectHash.Of(ObjectKind.Tree, node);
        if (!objects.Exists(one => one.Item1 == hash)) objects.Add((hash, node));
        return hash;
    }

    private static void Write(ObjectHome home, List<(ObjectId Id, byte[] Node)> objects)
    {
        using var writer = new PackWriter(home.Open().Folder, new Disk(faults: null, Random.Shared));
        writer.Add(ObjectHash.Of(ObjectKind.Blob, "planted"u8), ObjectKind.Blob, "planted"u8);
        foreach (var (id, node) in objects) writer.Add(id, ObjectKind.Tree, node);
        writer.Complete();
    }
}
