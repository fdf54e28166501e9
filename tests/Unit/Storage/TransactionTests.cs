using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;
using SkillMeat.Storage.Locks;
using SkillMeat.Tests.CrashHost;
using Xunit;

namespace SkillMeat.Tests.Storage;

public sealed class TransactionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transaction_changes_all_its_files_and_leaves_nothing_else()
    {
        using var home = TempHome.WithScenario();
        await Scenario.RunAsync(home.Path, null, Cancellation);
        Assert.Equal("new manifest", File.ReadAllText(home.At("collections", "default", "collection.toml")));
        Assert.Equal("new skill", File.ReadAllText(home.At("collections", "default", "skills", "fresh", "SKILL.md")));
        Assert.False(File.Exists(home.At("collections", "default", "obsolete.md")));
        Assert.Equal("new config", File.ReadAllText(home.At("dotfiles", "config.toml")));
        Assert.DoesNotContain(".skm-", home.Tree(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(home.At(".transactions")));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(Path.Combine("dotfiles", "config.toml"), new FileInfo(home.At("config.toml")).LinkTarget);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(home.At("collections", "default", "collection.toml")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(home.At("collections", "default", "skills", "fresh", "SKILL.md")));
    }

    // A power failure cannot be tested here, but the order of flushes can.
    [Fact]
    public async Task Each_phase_is_on_the_device_before_the_next_begins()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "folders are not flushed there");
        using var home = TempHome.WithScenario();
        var faults = new Faults();
        await Scenario.RunAsync(home.Path, faults, Cancellation);
        var steps = faults.Steps;
        var committed = steps.FindIndex(one => one.Step == StorageStep.MoveJournal);
        var done = steps.FindIndex(committed + 1, one => one.Step == StorageStep.MoveJournal);
        foreach (var (staged, index) in steps.Select((one, index) => (one, index)).Where(pair => pair.one.Step == StorageStep.CreateFile))
        {
            // The content of a folder is flushed with it, on Linux by flushing the volume.
            bool IsFlushedWithAll((StorageStep Step, string Path) one) =>
                one.Step is StorageStep.FlushTree or StorageStep.FlushVolume && staged.Path.StartsWith(one.Path + "/", StringComparison.Ordinal);
            var written = steps.FindIndex(index, one => one.Step == StorageStep.FlushFile || IsFlushedWithAll(one));
            var named = steps.FindIndex(written, one => (one.Step == StorageStep.FlushFolder && one.Path == Path.GetDirectoryName(staged.Path)) || IsFlushedWithAll(one));
            Assert.True(index < written && written <= named && named < committed, staged.Path);
        }

        Assert.Equal((StorageStep.FlushFolder, home.At(".transactions")), steps[committed + 1]);
        Assert.Equal((StorageStep.FlushFolder, home.At(".transactions")), steps[done + 1]);
        var renames = steps.Select((one, index) => (one, index))
            .Where(pair => pair.one.Step is StorageStep.Rename or StorageStep.RenameFolder && pair.index > committed && pair.index < done).ToList();
        // Four files, one folder out of the way and two in, one folder deleted.
        Assert.Equal(8, renames.Count);
        Assert.All(renames, rename => Assert.InRange(
            steps.FindIndex(rename.index, one => one.Step == StorageStep.FlushFolder && one.Path == Path.GetDirectoryName(rename.one.Path)), rename.index, done));
        Assert.True(steps.FindIndex(committed, one => one.Step == StorageStep.DeleteFile) > done);
    }

    [Theory]
    [InlineData("something else")]
    [InlineData(null)]
    public async Task A_file_that_is_not_what_the_caller_read_is_not_replaced(string? there)
    {
        using var home = TempHome.WithScenario();
        var manifest = home.At("collections", "default", "collection.toml");
        if (there is null) File.Delete(manifest);
        else File.WriteAllText(manifest, there);
        var before = home.Tree();
        var error = await Assert.ThrowsAsync<StorageException>(() => Scenario.RunAsync(home.Path, null, Cancellation));
        Assert.Equal(ErrorIds.ConcurrentChange, error.ErrorId);
        Assert.Equal(manifest, error.Path);
        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task A_file_that_appears_where_none_was_expected_is_not_replaced()
    {
        using var home = TempHome.WithScenario();
        Directory.CreateDirectory(home.At("collections", "default", "skills", "fresh"));
        File.WriteAllText(home.At("collections", "default", "skills", "fresh", "SKILL.md"), "somebody's");
        var before = home.Tree();
        var error = await Assert.ThrowsAsync<StorageException>(() => Scenario.RunAsync(home.Path, null, Cancellation));
        Assert.Equal(ErrorIds.ConcurrentChange, error.ErrorId);
        Assert.Equal(before, home.Tree());
    }

    [Theory]
    [InlineData(nameof(StorageStep.FlushFile), "obsolete.md", false)]
    [InlineData(nameof(StorageStep.LinkBackup), "obsolete.md", false)]
    [InlineData(nameof(StorageStep.LinkBackup), "collection.toml", false)]
    [InlineData(nameof(StorageStep.WriteGeneration), "obsolete.md", true)]
    [InlineData(nameof(StorageStep.WriteGeneration), "collection.toml", true)]
    public async Task An_edit_by_another_program_during_the_commit_survives(string moment, string name, bool isCommitted)
    {
        using var home = TempHome.WithScenario();
        var edited = home.At("collections", "default", name);
        var done = false;
        var faults = new Faults((_, step, _) =>
        {
            if (step.ToString() != moment || done) return;
            done = true;
            File.Delete(edited);
            File.WriteAllText(edited, "edited meanwhile");
        });
        var error = await Assert.ThrowsAsync<StorageException>(() => Scenario.RunAsync(home.Path, faults, Cancellation));
        Assert.Equal(ErrorIds.ConcurrentChange, error.ErrorId);
        Assert.Equal(isCommitted, faults.Steps.Exists(one => one.Step == StorageStep.MoveJournal));
        Assert.Equal(name == "obsolete.md" ? "edited meanwhile" : "old command", File.ReadAllText(home.At("collections", "default", "obsolete.md")));
        Assert.Equal(name == "collection.toml" ? "edited meanwhile" : "old manifest", File.ReadAllText(home.At("collections", "default", "collection.toml")));
        Assert.Equal("old config", File.ReadAllText(home.At("config.toml")));
        Assert.DoesNotContain(".skm-", home.Tree(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(home.At(".transactions")));
    }

    [Fact]
    public async Task An_edit_after_a_crash_is_put_aside_and_not_lost()
    {
        using var home = TempHome.WithScenario();
        await CrashAfterAsync(home, StorageStep.WriteGeneration);
        File.WriteAllText(home.At("collections", "default", "collection.toml"), "edited after the crash");
        var report = new HomeStorage(home.Path, TimeProvider.System, Random.Shared).Recover(Cancellation);
        Assert.Equal(1, report.Finished);
        Assert.Equal("edited after the crash", File.ReadAllText(Assert.Single(report.PutAside)));
        Assert.Equal("new manifest", File.ReadAllText(home.At("collections", "default", "collection.toml")));
    }

    [Fact]
    public async Task A_staged_file_that_is_damaged_turns_the_way_forward_into_the_way_back()
    {
        using var home = TempHome.WithScenario();
        var before = home.Tree();
        await CrashAfterAsync(home, StorageStep.WriteGeneration);
        File.WriteAllText(Directory.GetFiles(home.At("collections", "default"), ".skm-*.new")[0], "not what was flushed");
        Assert.Equal(1, new HomeStorage(home.Path, TimeProvider.System, Random.Shared).Recover(Cancellation).TakenBack);
        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task A_damaged_journal_stops_writers_and_not_readers()
    {
        using var home = TempHome.WithScenario();
        await CrashAfterAsync(home, StorageStep.LinkBackup);
        var journal = Directory.GetFiles(home.At(".transactions"))[0];
        File.WriteAllText(journal, "{ \"version\": 1");
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        var report = storage.Recover(Cancellation);
        Assert.Equal(ErrorIds.RecoveryPending, report.Problem?.ErrorId);
        Assert.Contains(journal, report.Problem?.Message, StringComparison.Ordinal);
        Assert.Equal("old manifest"u8.ToArray(), storage.ReadConsistent([home.At("collections", "default", "collection.toml")], Cancellation)[0]);
        var error = await Assert.ThrowsAsync<StorageException>(() => storage.LockAsync([Scenario.First], TimeSpan.Zero, Cancellation));
        Assert.Equal(ErrorIds.RecoveryPending, error.ErrorId);
    }

    [Fact]
    public async Task Whoever_takes_one_lock_of_a_dead_transaction_settles_it_first()
    {
        using var home = TempHome.WithScenario();
        await CrashAfterAsync(home, StorageStep.WriteGeneration);
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        using var held = await storage.LockAsync([Scenario.Second], TimeSpan.FromSeconds(5), Cancellation);
        Assert.Equal("new config", File.ReadAllText(home.At("config.toml")));
        Assert.Equal("new manifest", File.ReadAllText(home.At("collections", "default", "collection.toml")));
        Assert.Equal(Scenario.Second, Assert.Single(held.Names).Display);
        using var other = await storage.LockAsync([Scenario.First], TimeSpan.Zero, Cancellation);
        Assert.False(Directory.Exists(home.At(".transactions")));
    }

    [Fact]
    public async Task A_dead_transaction_is_not_touched_while_somebody_holds_another_of_its_locks()
    {
        using var home = TempHome.WithScenario();
        await CrashAfterAsync(home, StorageStep.WriteGeneration);
        var locks = new LockFolder(home.At("locks"), new Disk(null, Random.Shared), TimeProvider.System, Random.Shared);
        var second = Assert.Single(locks.TryAcquire([LockName.Of(Scenario.Second)])!);
        var tree = home.Tree();
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        Assert.Equal(1, storage.Recover(Cancellation).Waiting);
        await Assert.ThrowsAsync<LockTimeoutException>(() => storage.LockAsync([Scenario.First], TimeSpan.FromMilliseconds(100), Cancellation));
        Assert.Equal(tree, home.Tree());
        second.Dispose();
        Assert.Equal(1, storage.Recover(Cancellation).Finished);
    }

    [Fact]
    public async Task A_transaction_of_a_living_process_is_left_alone()
    {
        using var home = TempHome.WithScenario();
        var reports = new List<RecoveryReport>();
        await Scenario.RunAsync(home.Path, new Faults((_, step, _) =>
        {
            if (step is StorageStep.Rename or StorageStep.FlushFile or StorageStep.DeleteFile) reports.Add(new HomeStorage(home.Path, TimeProvider.System, Random.Shared).Recover(Cancellation));
        }), Cancellation);
        Assert.NotEmpty(reports);
        Assert.All(reports, report => Assert.True(report is { Finished: 0, TakenBack: 0, Problem: null }));
        Assert.Equal("new manifest", File.ReadAllText(home.At("collections", "default", "collection.toml")));
    }

    [Fact]
    public async Task A_cancelled_commit_leaves_the_old_state()
    {
        using var home = TempHome.WithScenario();
        var before = home.Tree();
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAsync<OperationCanceledException>(() => Scenario.RunAsync(home.Path, new Faults((_, step, _) =>
        {
            if (step == StorageStep.LinkBackup) source.Cancel();
        }), source.Token));
        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task Changing_one_file_twice_is_refused_before_anything_happens()
    {
        using var home = TempHome.WithScenario();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        var before = home.Tree();
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        using var held = await storage.LockAsync(["home"], TimeSpan.Zero, Cancellation);
        var transaction = storage.Begin(held);
        transaction.Write(home.At("config.toml"), "x"u8.ToArray());
        transaction.Write(home.At("dotfiles", "config.toml"), "y"u8.ToArray());
        Assert.Throws<InvalidOperationException>(() => transaction.Commit(Cancellation));
        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task A_folder_where_a_file_should_be_is_an_error_that_names_it()
    {
        using var home = TempHome.WithScenario();
        var before = home.Tree();
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        using var held = await storage.LockAsync(["home"], TimeSpan.Zero, Cancellation);
        var transaction = storage.Begin(held);
        transaction.Write(home.At("dotfiles"), "x"u8.ToArray());
        var error = Assert.Throws<StorageException>(() => transaction.Commit(Cancellation));
        Assert.Equal($"cannot replace {home.At("dotfiles")}: it is a folder", error.Message);
        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task A_missing_folder_is_an_error_that_names_the_file_and_not_a_temporary_one()
    {
        using var home = TempHome.WithScenario();
        var before = home.Tree();
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        using var held = await storage.LockAsync(["home"], TimeSpan.Zero, Cancellation);
        var transaction = storage.Begin(held);
        transaction.Write(home.At("nowhere", "file"), "x"u8.ToArray());
        var error = Assert.Throws<StorageException>(() => transaction.Commit(Cancellation));
        Assert.Equal($"cannot write {home.At("nowhere", "file")}: there is no such file or folder", error.Message);
        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task A_deleted_link_goes_and_what_it_points_at_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var home = TempHome.WithScenario();
        File.CreateSymbolicLink(home.At("broken"), "missing");
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        using var held = await storage.LockAsync(["home"], TimeSpan.Zero, Cancellation);
        var transaction = storage.Begin(held);
        transaction.Delete(home.At("config.toml"), FileExpectation.Of("old config"u8.ToArray()));
        transaction.Delete(home.At("broken"));
        transaction.Delete(home.At("never was"), FileExpectation.Absent);
        transaction.Commit(Cancellation);
        Assert.Null(new FileInfo(home.At("config.toml")).LinkTarget);
        Assert.Null(new FileInfo(home.At("broken")).LinkTarget);
        Assert.Equal("old config", File.ReadAllText(home.At("dotfiles", "config.toml")));
    }

    [Fact]
    public async Task Ten_megabytes_are_written_whole()
    {
        using var home = new TempHome();
        var content = new byte[10 << 20];
        new Random(1).NextBytes(content);
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        using var held = await storage.LockAsync(["home"], TimeSpan.Zero, Cancellation);
        var transaction = storage.Begin(held);
        transaction.Write(home.At("big"), content, FileExpectation.Absent);
        transaction.Commit(Cancellation);
        Assert.Equal(FileState.Hash(content), FileState.Read(home.At("big")).Sha256);
    }

    [Fact]
    public async Task A_released_lock_begins_and_commits_nothing()
    {
        using var home = TempHome.WithScenario();
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        var held = await storage.LockAsync(["home"], TimeSpan.Zero, Cancellation);
        var transaction = storage.Begin(held);
        transaction.Write(home.At("file"), "x"u8.ToArray());
        held.Dispose();
        Assert.Throws<ObjectDisposedException>(() => transaction.Commit(Cancellation));
        Assert.Throws<ObjectDisposedException>(() => storage.Begin(held));
        Assert.False(File.Exists(home.At("file")));
    }

    // The number of the step after the first of its kind, in a run of its own.
    private static async Task CrashAfterAsync(TempHome home, StorageStep step)
    {
        using var other = TempHome.WithScenario();
        var faults = new Faults();
        await Scenario.RunAsync(other.Path, faults, Cancellation);
        var number = faults.Steps.FindIndex(one => one.Step == step) + 2;
        Assert.NotEqual(0, await HostProcess.RunAsync(Cancellation, "transact", home.Path, number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.NotEmpty(Directory.GetFiles(home.At(".transactions")));
    }
}
