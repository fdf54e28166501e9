using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;
using Xunit;

namespace SkillMeat.Tests.Storage;

/// <summary>Whole folders are replaced like files: old or new, without loss of data. <see cref="CrashTests"/> covers crashes.</summary>
public sealed class FolderTransactionTests : IDisposable
{
    private const string Lock = "collection 'default'";

    private readonly TempHome _home = new();

    public FolderTransactionTests()
    {
        Write("skills/a/SKILL.md", "old");
        Write("skills/a/notes/mine.md", "mine");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Folder => _home.At("skills", "a");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_folder_holds_just_what_was_filled_in()
    {
        await CommitAsync(t => t.ReplaceFolder(Folder, Fill("new"), FileExpectation.Of(FolderState.Read(Folder))));

        Assert.Equal(["skills/a/SKILL.md: new"], Files());
        Assert.Single(Directory.GetFileSystemEntries(_home.At("skills")));
    }

    [Fact]
    public async Task An_edit_after_the_caller_looked_stops_the_change()
    {
        var seen = FolderState.Read(Folder);
        Write("skills/a/notes/later.md", "an hour of work");

        var error = await Assert.ThrowsAsync<StorageException>(() => CommitAsync(t => t.ReplaceFolder(Folder, Fill("new"), FileExpectation.Of(seen))));

        Assert.Equal(ErrorIds.ConcurrentChange, error.ErrorId);
        Assert.Equal(["skills/a/SKILL.md: old", "skills/a/notes/later.md: an hour of work", "skills/a/notes/mine.md: mine"], Files());
    }

    [Fact]
    public async Task An_edit_while_the_new_folder_is_filled_stops_the_change()
    {
        var error = await Assert.ThrowsAsync<StorageException>(() => CommitAsync(t => t.ReplaceFolder(Folder, (path, _) =>
        {
            Fill("new")(path, Cancellation);
            Write("skills/a/SKILL.md", "edited meanwhile");
        })));

        Assert.Equal(ErrorIds.ConcurrentChange, error.ErrorId);
        Assert.Equal(["skills/a/SKILL.md: edited meanwhile", "skills/a/notes/mine.md: mine"], Files());
    }

    [Fact]
    public async Task A_file_that_is_written_to_the_old_folder_after_it_is_out_of_the_way_is_kept()
    {
        var moves = 0;
        var faults = new Faults((_, step, _) =>
        {
            // An editor that had the file open writes to it where it is now: before the transaction is done, its old folder is still there.
            if (step == StorageStep.MoveJournal && ++moves == 2) File.WriteAllText(Directory.GetFiles(_home.At("skills"), "mine.md", SearchOption.AllDirectories).Single(), "saved late");
        });
        var transaction = await CommitAsync(t => t.ReplaceFolder(Folder, Fill("new")), faults);

        var kept = Assert.Single(transaction.Kept);
        Assert.StartsWith(Folder + ".kept-", kept, StringComparison.Ordinal);
        Assert.Equal("saved late", await File.ReadAllTextAsync(Path.Combine(kept, "notes", "mine.md"), Cancellation));
        Assert.Equal("new", await File.ReadAllTextAsync(Path.Combine(Folder, "SKILL.md"), Cancellation));
    }

    [Fact]
    public async Task Of_many_deleted_folders_just_those_written_to_late_are_kept()
    {
        var moves = 0;
        var faults = new Faults((_, step, _) =>
        {
            if (step != StorageStep.MoveJournal || ++moves != 2) return;
            foreach (var name in (string[])["late-17", "late-93"]) File.WriteAllText(Directory.GetFiles(_home.At("many"), $"{name}.md", SearchOption.AllDirectories).Single(), "saved late");
        });
        var transaction = await CommitAsync(t => DeleteMany(t), faults);

        Assert.Equal([_home.At("many", "17.kept-"), _home.At("many", "93.kept-")], transaction.Kept.Select(path => path[..(path.IndexOf("kept-", StringComparison.Ordinal) + 5)]));
        Assert.All(transaction.Kept, path => Assert.Equal("saved late", File.ReadAllText(Directory.GetFiles(path).Single())));
        Assert.Equal(2, Directory.GetFileSystemEntries(_home.At("many")).Length);
    }

    [Fact]
    public async Task One_edit_among_many_deleted_folders_stops_the_change()
    {
        var error = await Assert.ThrowsAsync<StorageException>(() => CommitAsync(t =>
        {
            DeleteMany(t);
            Write("many/41/late-41.md", "an hour of work");
        }));

        Assert.Equal((ErrorIds.ConcurrentChange, _home.At("many", "41")), (error.ErrorId, error.Path));
        Assert.Equal(100, Directory.GetDirectories(_home.At("many")).Length);
        Assert.Equal("an hour of work", await File.ReadAllTextAsync(_home.At("many", "41", "late-41.md"), Cancellation));
    }

    [Fact]
    public async Task An_error_while_many_folders_are_deleted_leaves_the_rest_to_the_next_one()
    {
        var deletions = 0;
        var faults = new Faults((_, step, _) =>
        {
            if (step == StorageStep.DeleteTree && ++deletions >= 150) throw Faults.ReadOnly;
        });
        var transaction = await CommitAsync(t => DeleteMany(t), faults);
        Assert.NotNull(transaction.CleanupProblem);
        Assert.NotEmpty(Directory.GetFileSystemEntries(_home.At("many")));

        await CommitAsync(t => t.Write(_home.At("manifest"), "x"u8.ToArray()));

        Assert.Empty(Directory.GetFileSystemEntries(_home.At("many")));
    }

    [Fact]
    public async Task A_filling_that_fails_leaves_everything_as_it_was()
    {
        var before = _home.Tree();

        await Assert.ThrowsAsync<InvalidDataException>(() => CommitAsync(t =>
        {
            t.Write(_home.At("manifest"), "x"u8.ToArray());
            t.ReplaceFolder(Folder, (path, _) =>
            {
                Fill("half")(path, Cancellation);
                throw new InvalidDataException("a corrupted download");
            });
        }));

        Assert.Equal(before, _home.Tree());
    }

    [Fact]
    public async Task Of_a_link_to_a_folder_only_the_link_is_deleted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        Directory.CreateSymbolicLink(_home.At("skills", "linked"), Folder);

        await CommitAsync(t => t.DeleteFolder(_home.At("skills", "linked")));

        Assert.False(Disk.HasEntry(_home.At("skills", "linked")));
        Assert.Equal(["skills/a/SKILL.md: old", "skills/a/notes/mine.md: mine"], Files());
    }

    [Fact]
    public async Task A_folder_behind_a_link_is_replaced_where_it_is()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        Directory.CreateSymbolicLink(_home.At("linked"), Folder);

        await CommitAsync(t => t.ReplaceFolder(_home.At("linked"), Fill("new")));

        Assert.Equal(Folder, new DirectoryInfo(_home.At("linked")).LinkTarget);
        Assert.Equal("new", await File.ReadAllTextAsync(_home.At("linked", "SKILL.md"), Cancellation));
    }

    [Fact]
    public async Task A_link_inside_a_deleted_folder_does_not_lead_the_deletion_outside()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        Write("precious/years.md", "of writing");
        Directory.CreateSymbolicLink(Path.Combine(Folder, "out"), _home.At("precious"));

        await CommitAsync(t => t.DeleteFolder(Folder));

        Assert.Equal(["precious/years.md: of writing"], Files());
    }

    [Fact]
    public async Task A_read_only_folder_inside_goes_too()
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(Folder, "notes"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await CommitAsync(t => t.DeleteFolder(Folder));

        Assert.Empty(Directory.GetFileSystemEntries(_home.At("skills")));
    }

    [Fact]
    public void The_state_of_a_folder_changes_with_everything_in_it_and_not_with_its_name()
    {
        var states = new List<string?> { FolderState.Read(Folder).Sha256 };
        void Note(Action change)
        {
            change();
            states.Add(FolderState.Read(Folder).Sha256);
        }

        Note(() => Write("skills/a/new.md", ""));
        Note(() => File.Move(_home.At("skills", "a", "new.md"), _home.At("skills", "a", "newer.md")));
        Note(() => Directory.CreateDirectory(_home.At("skills", "a", "empty")));
        Note(() => Write("skills/a/SKILL.md", "odd"));
        Note(() => File.SetLastWriteTimeUtc(_home.At("skills", "a", "SKILL.md"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        if (!OperatingSystem.IsWindows()) Note(() => File.SetUnixFileMode(_home.At("skills", "a", "SKILL.md"), UnixFileMode.UserRead));

        Assert.Distinct(states);
        Directory.Move(Folder, _home.At("skills", "b"));
        Assert.Equal(states[^1], FolderState.Read(_home.At("skills", "b")).Sha256);
        Assert.Null(FolderState.Read(Folder).Sha256);
    }

    private static Action<string, CancellationToken> Fill(string text) => (path, _) =>
    {
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "SKILL.md"), text);
    };

    private async Task<Transaction> CommitAsync(Action<Transaction> change, IStorageFaults? faults = null)
    {
        var storage = new HomeStorage(_home.Path, TimeProvider.System, Random.Shared, faults);
        using var held = await storage.LockAsync([Lock], TimeSpan.Zero, Cancellation);
        var transaction = storage.Begin(held);
        change(transaction);
        transaction.Commit(Cancellation);
        return transaction;
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_home.At(path))!);
        File.WriteAllText(_home.At(path), text);
    }

    private void DeleteMany(Transaction transaction)
    {
        for (var number = 0; number < 100; number++)
        {
            Write($"many/{number}/late-{number}.md", "old");
            transaction.DeleteFolder(_home.At("many", $"{number}"), FileExpectation.Of(FolderState.Read(_home.At("many", $"{number}"))));
        }
    }

    private List<string> Files() => Directory.EnumerateFiles(_home.Path, "*", SearchOption.AllDirectories)
        .Select(f => (Name: Path.GetRelativePath(_home.Path, f).Replace('\\', '/'), Path: f))
        .Where(f => !f.Name.StartsWith("locks/", StringComparison.Ordinal))
        .OrderBy(f => f.Name, StringComparer.Ordinal)
        .Select(f => $"{f.Name}: {File.ReadAllText(f.Path)}")
        .ToList();
}
