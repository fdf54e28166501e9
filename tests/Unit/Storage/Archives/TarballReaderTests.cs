using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Storage.Archives;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Storage.Archives;

/// <summary>Complete and harmless archives are read unchanged; all others are refused, with the reason.</summary>
public sealed class TarballReaderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Members_come_in_order_with_their_bytes()
    {
        var tarball = Make(
            Entry(TarEntryType.Directory, "work/"),
            File("work/collection.toml", "x = 1"),
            File("./work/skills/a/run.sh", "#!/bin/sh", executable: true),
            Entry(TarEntryType.SymbolicLink, "work/skills/a/link", "../b/SKILL.md"),
            Entry(TarEntryType.HardLink, "work/second", "work/collection.toml"));

        var (members, texts) = Read(tarball);

        Assert.Equal(
            [
                new("work", ArchiveMemberKind.Folder, 0, true, null) { Mode = 0x140 },
                new("work/collection.toml", ArchiveMemberKind.File, 5, false, null) { Mode = 0x100 },
                new("work/skills/a/run.sh", ArchiveMemberKind.File, 9, true, null) { Mode = 0x140 },
                new("work/skills/a/link", ArchiveMemberKind.Link, 0, true, "../b/SKILL.md") { Mode = 0x140 },
                new("work/second", ArchiveMemberKind.HardLink, 0, true, "work/collection.toml") { Mode = 0x140 },
            ],
            members);
        Assert.Equal(["", "x = 1", "#!/bin/sh", "", ""], texts);
    }

    [Theory]
    [InlineData("../evil", "leads out of the archive")]
    [InlineData("work/../../evil", "leads out of the archive")]
    [InlineData("/etc/evil", "has an absolute path")]
    [InlineData("C:/evil", "has an absolute path")]
    [InlineData("\\\\server\\evil", "has an absolute path")]
    [InlineData("work\\..\\..\\evil", "has a character in its name")]
    public void A_path_that_leaves_is_refused(string path, string why) => Refuses(why, File(path, "evil"));

    [Theory]
    [InlineData("work/link", "/etc/passwd")]
    [InlineData("work/link", "../../outside")]
    [InlineData("link", "..")]
    [InlineData("work/link", "a/../../../b")]
    [InlineData("work/link", "other-link/../b")]
    public void A_link_that_leaves_is_refused(string path, string target) => Refuses("outside", Entry(TarEntryType.SymbolicLink, path, target));

    [Fact]
    public void Nothing_is_written_through_a_link()
    {
        Refuses("written through a link", Entry(TarEntryType.SymbolicLink, "work/a", "b"), File("work/a/file", "x"));
        Refuses("written through a link", Entry(TarEntryType.SymbolicLink, "work/a", "b"), File("work/A", "on a disk that ignores case"));
    }

    [Fact]
    public void A_second_name_is_one_of_a_file_before_it()
    {
        Refuses("is not a file before it", Entry(TarEntryType.HardLink, "work/second", "work/later"), File("work/later", "x"));
        Refuses("leads out of the archive", Entry(TarEntryType.HardLink, "work/second", "../outside"));
    }

    [Theory]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.BlockDevice)]
    public void Devices_are_refused(TarEntryType type) => Refuses($"but a {type}", Entry(type, "work/device"));

    [Fact]
    public void A_tarball_that_lost_anything_at_its_end_is_refused()
    {
        var tarball = Make(File("work/a", new string('a', 3000)), File("work/b", string.Join(' ', Enumerable.Range(0, 2000))), File("work/c", "c"));
        foreach (var length in Enumerable.Range(0, tarball.Length).Where(length => length > tarball.Length - 30 || length % Math.Max(1, tarball.Length / 200) == 0))
        {
            Assert.Equal(ErrorIds.ArchiveRefused, Assert.Throws<DataFileException>(() => Read(tarball[..length])).ErrorId);
        }
    }

    [Fact]
    public void A_tarball_cut_between_two_members_before_it_was_zipped_is_refused()
    {
        using var plain = new MemoryStream();
        using (var tar = new TarWriter(plain, leaveOpen: true)) tar.WriteEntry(File("work/a", "a"));
        // Without the end mark a cut archive looks like a short one.
        Assert.Equal(ErrorIds.ArchiveRefused, Assert.Throws<DataFileException>(() => Read(Zip(plain.ToArray()[..^1024]))).ErrorId);
        Assert.Equal(ErrorIds.ArchiveRefused, Assert.Throws<DataFileException>(() => Read(Zip(plain.ToArray()[..^512]))).ErrorId);
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_refused_or_changes_nothing()
    {
        var tarball = Make(File("work/a", string.Join(' ', Enumerable.Range(0, 500))), File("work/b", "b"));
        var whole = Read(tarball);
        for (var bit = 0; bit < tarball.Length * 8; bit += 7)
        {
            var flipped = (byte[])tarball.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                // Time and system of the zip's own header are not part of what it holds.
                var read = Read(flipped);
                Assert.Equal(whole.Members, read.Members);
                Assert.Equal(whole.Texts, read.Texts);
            }
            catch (DataFileException e)
            {
                Assert.Equal(ErrorIds.ArchiveRefused, e.ErrorId);
            }
        }
    }

    [Fact]
    public void An_archive_that_unpacks_to_too_much_is_refused()
    {
        var tarball = Make(File("work/zeros", new string('\0', 2_000_000)));

        Assert.Contains("more than 1000000 bytes", Assert.Throws<DataFileException>(() => Read(tarball, new ArchiveLimits(10, 1_000_000))).Message, StringComparison.Ordinal);
        Assert.Contains("more than 1 members", Assert.Throws<DataFileException>(() => Read(Make(File("a", ""), File("b", "")), new ArchiveLimits(1, 1_000_000))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_originals_snapshots_are_read()
    {
        var shared = SharedFolder.Find();
        Assert.SkipWhen(shared is null, "the folder with the home of Python SkillMeat does not exist");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(shared!, "compat", "home", "user", ".skillmeat", "snapshots"), "*.tar.gz", SearchOption.AllDirectories))
        {
            var (members, _) = Read(System.IO.File.ReadAllBytes(file));
            Assert.Contains(members, m => m.Path.EndsWith("/collection.toml", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void An_archive_of_git_is_read()
    {
        using var git = LoopbackGitHub.GitRepositoryBuilder.Create();
        git.Commit("1", LoopbackGitHub.GitChange.Write("skills/a/SKILL.md", "a"), LoopbackGitHub.GitChange.Write($"deep/{new string('n', 150)}/file", "long"));
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", ["--git-dir", git.Directory, "archive", "--format=tar.gz", "--prefix=repo-abc/", "main"]) { RedirectStandardOutput = true })!;
        using var bytes = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(bytes);
        process.WaitForExit();

        var (members, texts) = Read(bytes.ToArray());

        Assert.Equal("a", texts[members.FindIndex(m => m.Path == "repo-abc/skills/a/SKILL.md")]);
        Assert.Equal("long", texts[members.FindIndex(m => m.Path == $"repo-abc/deep/{new string('n', 150)}/file")]);
    }

    [Fact]
    public void Who_unpacks_a_part_is_told_what_would_be_odd_elsewhere()
    {
        var members = new List<ArchiveMember>();
        var tarball = Make(
            new PaxGlobalExtendedAttributesTarEntry(new Dictionary<string, string> { ["comment"] = "abc" }),
            Entry(TarEntryType.SymbolicLink, "work/link", "/etc/passwd"),
            File("work/Icon\r", ""),
            File("work/LINK/x", ""));

        var comment = new TarballReader(ArchiveLimits.Default, UnsafeMembers.Report).Read(new MemoryStream(tarball), "test.tar.gz", (member, _) => members.Add(member), Cancellation);

        Assert.Equal("abc", comment);
        Assert.Equal(["work/link", "work/Icon\r", "work/LINK/x"], members.Select(m => m.Path));
        Assert.Equal([null, "has a character in its name that file names cannot contain", null], members.Select(m => m.Problem));
        foreach (var bad in new[] { "../evil", "/evil", "work/link/x" })
        {
            tarball = Make(Entry(TarEntryType.SymbolicLink, "work/link", "there"), File(bad, ""));
            Assert.Throws<DataFileException>(() => new TarballReader(ArchiveLimits.Default, UnsafeMembers.Report).Read(new MemoryStream(tarball), "test.tar.gz", (_, _) => { }, Cancellation));
        }
    }

    [Fact]
    public void A_damaged_archive_is_told_from_a_hostile_one()
    {
        var whole = Make(File("work/a", string.Join(' ', Enumerable.Range(0, 5000))));
        Assert.True(Assert.Throws<DataFileException>(() => Read(whole[..(whole.Length / 2)])).IsDamaged);
        Assert.False(Assert.Throws<DataFileException>(() => Read(Make(File("../evil", "")))).IsDamaged);
        Assert.False(Assert.Throws<DataFileException>(() => Read(whole, new ArchiveLimits(10, 1000))).IsDamaged);
    }

    private static void Refuses(string why, params TarEntry[] entries)
    {
        var error = Assert.Throws<DataFileException>(() => Read(Make(entries)));
        Assert.Equal(ErrorIds.ArchiveRefused, error.ErrorId);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    private static (List<ArchiveMember> Members, List<string> Texts) Read(byte[] tarball, ArchiveLimits? limits = null)
    {
        var members = new List<ArchiveMember>();
        var texts = new List<string>();
        new TarballReader(limits ?? ArchiveLimits.Default).Read(
            new MemoryStream(tarball),
            "test.tar.gz",
            (member, content) =>
            {
                members.Add(member);
                texts.Add(new StreamReader(content, Encoding.UTF8).ReadToEnd());
            },
            Cancellation);
        return (members, texts);
    }

    private static byte[] Make(params TarEntry[] entries)
    {
        using var plain = new MemoryStream();
        using (var tar = new TarWriter(plain, leaveOpen: true))
        {
            foreach (var entry in entries) tar.WriteEntry(entry);
        }

        return Zip(plain.ToArray());
    }

    private static byte[] Zip(byte[] plain)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest)) gzip.Write(plain);
        return zipped.ToArray();
    }

    private static PaxTarEntry File(string path, string text, bool executable = false) => new(TarEntryType.RegularFile, path)
    {
        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
        Mode = UnixFileMode.UserRead | (executable ? UnixFileMode.UserExecute : UnixFileMode.None),
    };

    private static PaxTarEntry Entry(TarEntryType type, string path, string? target = null)
    {
        var entry = new PaxTarEntry(type, path) { Mode = UnixFileMode.UserRead | UnixFileMode.UserExecute };
        if (target is not null) entry.LinkName = target;
        return entry;
    }
}
