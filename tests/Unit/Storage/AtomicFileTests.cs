using System.Runtime.Versioning;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using Xunit;

namespace SkillMeat.Tests.Storage;

public sealed class AtomicFileTests
{
    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_new_file_is_its_owners_alone_and_an_old_one_keeps_its_permissions()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such permissions");
        using var home = new TempHome();
        new AtomicFile(new Disk(faults: null, Random.Shared)).Write(home.At("file"), "one"u8.ToArray());
        Assert.Equal(Disk.PrivateFile, File.GetUnixFileMode(home.At("file")));
        File.SetUnixFileMode(home.At("file"), Disk.PrivateFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.UserExecute);
        new AtomicFile(new Disk(faults: null, Random.Shared)).Write(home.At("file"), "two"u8.ToArray());
        Assert.Equal(Disk.PrivateFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.UserExecute, File.GetUnixFileMode(home.At("file")));
        Assert.Equal("two", File.ReadAllText(home.At("file")));
    }

    [Fact]
    public void A_chain_of_links_stays_and_the_file_at_its_end_is_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var home = new TempHome();
        Directory.CreateDirectory(home.At("real", "inner"));
        Directory.CreateSymbolicLink(home.At("short"), Path.Combine("real", "inner"));
        File.WriteAllText(home.At("real", "file"), "old");
        File.WriteAllText(home.At("file"), "another file, which `..` must not mean");

        // Through a linked folder, `..` is the parent of the real one.
        File.CreateSymbolicLink(home.At("real", "inner", "second"), Path.Combine("..", "file"));
        File.CreateSymbolicLink(home.At("first"), Path.Combine("short", "second"));
        new AtomicFile(new Disk(faults: null, Random.Shared)).Write(home.At("first"), "new"u8.ToArray());
        Assert.Equal("new", File.ReadAllText(home.At("real", "file")));
        Assert.Equal("another file, which `..` must not mean", File.ReadAllText(home.At("file")));
        Assert.Equal(Path.Combine("short", "second"), new FileInfo(home.At("first")).LinkTarget);
        Assert.Equal(Path.Combine("..", "file"), new FileInfo(home.At("real", "inner", "second")).LinkTarget);
    }

    [Fact]
    public void A_link_to_a_file_that_is_not_there_yet_creates_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var home = new TempHome();
        File.CreateSymbolicLink(home.At("link"), "later");
        new AtomicFile(new Disk(faults: null, Random.Shared)).Write(home.At("link"), "new"u8.ToArray());
        Assert.Equal("later", new FileInfo(home.At("link")).LinkTarget);
        Assert.Equal("new", File.ReadAllText(home.At("later")));
    }

    [Fact]
    public void Links_in_a_circle_are_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var home = new TempHome();
        File.CreateSymbolicLink(home.At("one"), "two");
        File.CreateSymbolicLink(home.At("two"), "one");
        var error = Assert.Throws<StorageException>(() => new AtomicFile(new Disk(faults: null, Random.Shared)).Write(home.At("one"), default));
        Assert.Equal($"cannot follow the link {home.At("one")}: its links form a cycle", error.Message);
    }

    [Fact]
    public void A_write_that_fails_at_any_step_leaves_whole_bytes_and_no_temporary_file()
    {
        using var observed = new TempHome();
        var count = new Faults();
        new AtomicFile(new Disk(count, Random.Shared)).Write(observed.At("file"), new byte[3 << 20]);
        Assert.True(count.Steps.Count >= 6);
        for (var step = 1; step <= count.Steps.Count; step++)
        {
            using var home = new TempHome();
            File.WriteAllText(home.At("file"), "old");
            var failing = step;
            var error = Assert.Throws<StorageException>(() => new AtomicFile(new Disk(new Faults((number, _, _) =>
            {
                if (number == failing) throw Faults.DiskFull;
            }), Random.Shared)).Write(home.At("file"), new byte[3 << 20]));
            Assert.Contains("the disk is full", error.Message, StringComparison.Ordinal);
            Assert.Equal(home.At("file"), Assert.Single(Directory.GetFiles(home.Path)));
            Assert.Contains(new FileInfo(home.At("file")).Length, new[] { 3L, 3L << 20 });
        }
    }

    [Theory]
    [InlineData(28, "the disk is full")]
    [InlineData(122, "the disk quota is used up")]
    [InlineData(30, "read-only file system")]
    [InlineData(13, "permission denied")]
    [InlineData(11, "in use by another program")]
    public void Each_refusal_is_one_line_with_the_path_and_the_reason(int number, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other numbers");
        var error = StorageErrors.Translate(new IOException("first\nsecond", number), "write", "/home/me/file");
        Assert.Equal($"cannot write /home/me/file: {reason}", error.Message);
        Assert.Equal((ErrorIds.StorageFailed, "/home/me/file"), (error.ErrorId, error.Path));
    }

    [Fact]
    public void An_unknown_refusal_keeps_what_the_system_said_on_one_line() =>
        Assert.Equal("cannot read x: strange", StorageErrors.Translate(new IOException("strange\nmore", 9999), "read", "x").Message);
}
