using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using Xunit;

namespace SkillMeat.Tests.Storage;

/// <summary>Files that their owner has locked, and processes that look for abandoned files or ask about locks at the same time.</summary>
public sealed class FileOwnershipTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void An_owned_file_is_deleted_only_without_its_owner()
    {
        using var home = new TempHome();
        var disk = new Disk(faults: null, Random.Shared);
        var (temporary, final) = (home.At("a.tmp"), home.At("a.pack"));
        using (var owned = disk.TryCreateOwned(temporary, temporary)!)
        {
            disk.Append(owned, "content"u8.ToArray(), temporary);
            Assert.False(disk.TryDeleteAbandoned(temporary));
            disk.Rename(temporary, final, final);
            Assert.False(disk.TryDeleteAbandoned(final));
        }

        Assert.Equal("content", File.ReadAllText(final));

        Assert.True(disk.TryDeleteAbandoned(final));
        Assert.False(File.Exists(final));
    }

    [Fact]
    public async Task Threads_that_create_files_and_sweep_them_lose_none_and_never_fail()
    {
        using var home = new TempHome();
        using var swept = new CancellationTokenSource();
        var disk = new Disk(faults: null, Random.Shared);
        var sweepers = Enumerable.Range(0, 2).Select(_ => Task.Run(
            () =>
            {
                while (!swept.IsCancellationRequested)
                {
                    foreach (var path in Directory.GetFiles(home.Path, "*.tmp")) disk.TryDeleteAbandoned(path);
                }
            },
            Cancellation)).ToList();
        for (var number = 0; number < 2_000; number++)
        {
            FileStream? owned = null;
            while (owned is null) owned = disk.TryCreateOwned(home.At($"{disk.NewName()}.tmp"), home.Path);
            using (owned)
            {
                var final = home.At($"{number}.pack");
                disk.Rename(owned.Name, final, final);
            }
        }

        await swept.CancelAsync();
        await Task.WhenAll(sweepers);
        Assert.Equal(2_000, Directory.GetFiles(home.Path, "*.pack").Length);
    }

    [Fact]
    public void Two_processes_that_ask_about_a_lock_do_not_take_each_other_for_its_holder()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("On Windows a lock is an open file.");
        using var home = new TempHome();
        var path = home.At("a.lock");
        File.WriteAllText(path, "");
        using (Ask(path)) Assert.False(Disk.IsLocked(path));
        using (new Disk(faults: null, Random.Shared).TryOpenLock(path)) Assert.True(Disk.IsLocked(path));
        Assert.False(Disk.IsLocked(path));
    }

    [Fact]
    public async Task A_process_that_asks_about_a_lock_does_not_keep_another_from_taking_it()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("On Windows a lock is an open file.");
        using var home = new TempHome();
        Directory.CreateDirectory(home.At("locks"));
        FileStream? asking = null;
        var faults = new Faults((_, step, path) =>
        {
            if (step != StorageStep.OpenLock || !path.EndsWith(".lock", StringComparison.Ordinal)) return;
            if (asking is null) asking = Ask(path);
            else asking.Dispose();
        });

        using var held = await new HomeStorage(home.Path, TimeProvider.System, Random.Shared, faults).LockAsync(["a"], TimeSpan.Zero, Cancellation);

        Assert.NotNull(asking);
        Assert.False(held.IsReleased);
    }

    [Fact]
    public void A_path_that_cannot_be_searched_is_not_taken_for_an_absent_one()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Making links needs rights there.");
        using var home = new TempHome();
        File.CreateSymbolicLink(home.At("a"), "b");
        File.CreateSymbolicLink(home.At("b"), "a");
        Assert.True(Disk.HasEntry(home.At("a")));
        foreach (var ask in new Action[] { () => Disk.HasEntry(home.At("a/x")), () => FileState.Read(home.At("a/x")), () => FolderState.Read(home.At("a/x")) })
        {
            Assert.Contains("its links form a cycle", Assert.Throws<StorageException>(ask).Message, StringComparison.Ordinal);
        }

        Assert.False(Disk.HasEntry(home.At("none/x")));
        Assert.False(Disk.HasEntry(home.At(new string('x', 300))));
    }

    // Opens a lock file as Disk.IsLocked does, which .NET locks for as long as it is open.
    private static FileStream Ask(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
}
