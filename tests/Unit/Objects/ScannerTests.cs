using System.Diagnostics;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Tests.Storage;
using Xunit;

namespace SkillMeat.Tests.Objects;

public sealed class ScannerTests(ITestOutputHelper output)
{
    // Longer than a tick of any file system that stores fractions of seconds.
    private static readonly TimeSpan _settled = TimeSpan.FromMilliseconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_file_that_did_not_change_is_not_read_again()
    {
        using var home = new ObjectHome();
        new SampleCollection(home.Folder, 100).Write();
        Thread.Sleep(_settled);
        var first = home.Scan();
        Assert.Equal((222, 222), (first.Files, first.FilesRead));
        var second = home.Scan();
        Assert.Equal(first with { FilesRead = 0, Warnings = second.Warnings }, second);
        Assert.Equal(first.Size, Directory.EnumerateFiles(home.Folder, "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length));
    }

    [Fact]
    public void The_memory_of_a_scan_may_be_damaged_or_gone_or_of_another_folder()
    {
        using var home = new ObjectHome();
        new SampleCollection(home.Folder, 20).Write();
        Thread.Sleep(_settled);
        var first = home.Scan();
        var cache = Assert.Single(Directory.GetFiles(home.At("cache")));
        var bytes = File.ReadAllBytes(cache);
        foreach (var damaged in new[] { [], bytes[..^1], bytes[..(bytes.Length / 2)], bytes.Select((b, i) => i == bytes.Length / 2 ? (byte)(b ^ 1) : b).ToArray(), new byte[1000] })
        {
            File.WriteAllBytes(cache, damaged);
            Assert.Equal(first.Id, home.Scan().Id);
        }

        File.Delete(cache);
        Assert.Equal(first.Files, home.Scan().FilesRead);
    }

    [Fact]
    public void The_memory_of_a_scan_is_worth_nothing_without_the_objects()
    {
        using var home = new ObjectHome();
        var collection = new SampleCollection(home.Folder, 200);
        collection.Write();
        Thread.Sleep(_settled);
        var first = home.Scan();
        foreach (var pack in home.PackFiles()) File.Delete(pack);
        var second = home.Scan();
        Assert.Equal((first.Id, first.Files), (second.Id, second.FilesRead));
        Assert.Equal(ModelFolder.Read(home.Folder).ToString(), ModelFolder.Read(home.Open(), second.Id).ToString());
    }

    [Fact]
    public void Folders_whose_trees_are_gone_are_stored_again_though_their_files_are_there()
    {
        using var home = new ObjectHome();
        new SampleCollection(home.Folder, 50).Write();
        Thread.Sleep(_settled);
        var first = home.Scan();
        foreach (var pack in home.PackFiles()) File.Delete(pack);
        using (var writer = home.Open().BeginWrite())
        {
            foreach (var file in Directory.EnumerateFiles(home.Folder, "*", SearchOption.AllDirectories)) writer.AddBlob(File.ReadAllBytes(file));
            writer.Commit();
        }

        var second = home.Scan();

        Assert.Equal((first.Id, 0), (second.Id, second.FilesRead));
        Assert.Equal(ModelFolder.Read(home.Folder).ToString(), ModelFolder.Read(home.Open(), second.Id).ToString());
    }

    [Fact]
    public void Any_edits_are_seen_also_those_that_leave_length_and_time_as_they_were()
    {
        using var home = new ObjectHome();
        var store = home.Open();
        var random = new Random(1);
        var model = ModelFolder.Random(random, largest: 40_000);
        model.WriteTo(home.Folder);
        var (scans, read) = (0, 0);
        for (var round = 0; round < 150; round++)
        {
            for (var edits = random.Next(3); edits > 0; edits--) Edit(home.Folder, random);
            if (random.Next(4) == 0) Thread.Sleep(random.Next(50));
            var scan = home.Scan(random.Next(2) == 0 ? store : null);
            Assert.Equal(ModelFolder.Read(home.Folder).ToString(), ModelFolder.Read(home.Open(), scan.Id).ToString());
            scans++;
            read += scan.FilesRead;
        }

        output.WriteLine($"{scans} scans read {read} files");
    }

    [Fact]
    public void An_edit_right_after_the_scan_is_not_hidden_by_the_clock()
    {
        using var home = new ObjectHome();
        Directory.CreateDirectory(home.Folder);
        var path = Path.Combine(home.Folder, "file");
        for (var round = 0; round < 200; round++)
        {
            File.WriteAllText(path, $"a{round % 10}");
            home.Scan();
            using (var file = File.OpenWrite(path)) file.Write([(byte)'b']);
            Assert.Equal($"b{round % 10}", System.Text.Encoding.UTF8.GetString(home.Open().ReadBlob(home.Open().Find(home.Scan().Id, "file")!.Id)));
        }
    }

    [Fact]
    public void The_id_of_a_tree_tells_every_difference()
    {
        using var home = new ObjectHome();
        var ids = new HashSet<ObjectId>();
        foreach (var model in new (string Path, TreeEntryKind Kind, string Content)[][]
        {
            [], [("a", TreeEntryKind.File, "")], [("a", TreeEntryKind.Folder, "")], [("a", TreeEntryKind.File, "bc")], [("ab", TreeEntryKind.File, "c")],
            [("a/b", TreeEntryKind.File, "c")], [("a", TreeEntryKind.File, "b"), ("b", TreeEntryKind.File, "")], [("a", TreeEntryKind.File, ""), ("b", TreeEntryKind.File, "b")],
        })
        {
            Assert.True(ids.Add(home.Store(new ModelFolder
            {
                Paths = new(model.ToDictionary(one => one.Path, one => (one.Kind, System.Text.Encoding.UTF8.GetBytes(one.Content)))),
            })));
        }
    }

    [Fact]
    public void The_executable_bit_is_kept_and_its_change_needs_no_reading()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no such bit");
        if (OperatingSystem.IsWindows()) return;
        using var home = new ObjectHome();
        Directory.CreateDirectory(home.Folder);
        var path = Path.Combine(home.Folder, "run");
        File.WriteAllText(path, "x");
        var plain = home.Scan();
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var executable = home.Scan();
        Assert.NotEqual(plain.Id, executable.Id);
        Assert.Equal(TreeEntryKind.Executable, home.Open().Find(executable.Id, "run")!.Kind);
        Assert.True(File.GetUnixFileMode(Path.Combine(home.Restore(executable.Id), "run")).HasFlag(UnixFileMode.UserExecute));
        Assert.False(File.GetUnixFileMode(Path.Combine(home.Restore(plain.Id), "run")).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public void Links_are_stored_and_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var home = new ObjectHome();
        Directory.CreateDirectory(home.Folder);
        Directory.CreateDirectory(home.At("outside"));
        File.WriteAllText(home.At("outside", "secret"), "secret");
        File.CreateSymbolicLink(Path.Combine(home.Folder, "out"), home.At("outside"));
        File.CreateSymbolicLink(Path.Combine(home.Folder, "self"), ".");
        File.CreateSymbolicLink(Path.Combine(home.Folder, "nowhere"), "ü");
        var scan = home.Scan();
        Assert.Equal((0, 0), (scan.Files, scan.FilesRead));
        Assert.Equal([("nowhere", "ü"), ("out", home.At("outside")), ("self", ".")],
            home.Open().ReadTree(scan.Id).Select(entry => (entry.Name, System.Text.Encoding.UTF8.GetString(home.Open().ReadBlob(entry.Id)))));
        Assert.Throws<StorageException>(() => home.Restore(scan.Id));
    }

    [Fact]
    public void A_pipe_is_left_out_and_told_and_does_not_block()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such pipes");
        using var home = new ObjectHome();
        Directory.CreateDirectory(home.Folder);
        File.WriteAllText(Path.Combine(home.Folder, "file"), "x");
        using (var program = Process.Start("mkfifo", Path.Combine(home.Folder, "pipe"))) program.WaitForExit();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var scan = home.Scan();
            Assert.Equal("pipe", Assert.Single(scan.Warnings).Path);
            Assert.Equal("file", Assert.Single(home.Open().ReadTree(scan.Id)).Name);
            Thread.Sleep(_settled);
        }
    }

    [Fact]
    public void A_file_that_can_not_be_read_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "everything can be read");
        if (OperatingSystem.IsWindows()) return;
        using var home = new ObjectHome();
        Directory.CreateDirectory(home.Folder);
        var path = Path.Combine(home.Folder, "secret");
        File.WriteAllText(path, "x");
        File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.Contains(path, Assert.Throws<StorageException>(() => home.Scan()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        using var home = new ObjectHome();
        var error = Assert.Throws<StorageException>(() => home.Scan());
        Assert.Contains(home.Folder, error.Message, StringComparison.Ordinal);
        File.WriteAllText(home.Folder, "a file");
        Assert.Throws<StorageException>(() => home.Scan());
    }

    [Fact]
    public async Task A_file_that_changes_all_the_time_while_it_is_read_is_an_error()
    {
        using var home = new ObjectHome();
        Directory.CreateDirectory(home.Folder);
        var path = Path.Combine(home.Folder, "busy");
        await File.WriteAllBytesAsync(path, new byte[40_000_000], Cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var editor = Task.Run(() =>
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            while (!stop.IsCancellationRequested)
            {
                file.Write([1, 2, 3]);
                file.Flush();
                Thread.Sleep(1);
            }
        }, Cancellation);
        var error = Assert.Throws<StorageException>(() => home.Scan());
        await stop.CancelAsync();
        await editor;
        Assert.Equal(ErrorIds.ConcurrentChange, error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        var busy = home.Open().Find(home.Scan().Id, "busy")!;
        Assert.Equal(await File.ReadAllBytesAsync(path, Cancellation), home.Open().ReadBlob(busy.Id));
    }

    [Fact]
    public void A_home_that_can_not_be_written_is_still_compared()
    {
        using var home = new ObjectHome();
        new SampleCollection(home.Folder, 5).Write();
        var scan = home.Scan();
        var store = new ObjectStore(home.Path, Random.Shared, new Faults((_, _, _) => throw Faults.ReadOnly));
        using var writer = store.BeginWrite();
        Assert.Equal(scan.Id, new TreeScanner(store, TimeProvider.System).Scan(writer, home.Folder, Cancellation).Id);
        writer.Commit();
    }

    private static void Edit(string folder, Random random)
    {
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).LinkTarget is null).Order(StringComparer.Ordinal).ToArray();
        var path = files.Length == 0 ? Path.Combine(folder, "first") : files[random.Next(files.Length)];
        switch (random.Next(6))
        {
            case 0:
                File.Delete(path);
                break;
            case 1:
                File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(path)!, $"new-{random.Next(1000)}"), ModelFolder.Bytes(random, random.Next(3000)));
                break;
            case 2:
                // Another file under the same name.
                File.WriteAllBytes(folder + ".other", ModelFolder.Bytes(random, random.Next(3000)));
                File.Move(folder + ".other", path, overwrite: true);
                break;
            case 3:
                // The same length and the same time: only a value that no program can set reveals the change.
                if (OperatingSystem.IsWindows() || !File.Exists(path)) goto default;
                var time = File.GetLastWriteTimeUtc(path);
                var bytes = File.ReadAllBytes(path);
                if (bytes.Length > 0) bytes[random.Next(bytes.Length)]++;
                File.WriteAllBytes(path, bytes);
                File.SetLastWriteTimeUtc(path, time);
                break;
            case 4:
                Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(path)!, $"folder-{random.Next(1000)}"));
                break;
            default:
                File.AppendAllText(path, "more");
                break;
        }
    }
}
