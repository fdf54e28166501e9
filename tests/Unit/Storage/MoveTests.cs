using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Journal;
using Xunit;

namespace SkillMeat.Tests.Storage;

/// <summary>A folder gets another name in a transaction, with everything in it.</summary>
public sealed class MoveTests : IDisposable
{
    private readonly TempHome _home = new();

    public MoveTests()
    {
        Directory.CreateDirectory(Old);
        File.WriteAllText(Path.Combine(Old, "collection.toml"), "old");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Old => _home.At("collections", "old");

    private string New => _home.At("collections", "new");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_file_in_it_is_written_before_and_nothing_is_left_over()
    {
        var time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.WriteAllText(Path.Combine(Old, "mine"), "mine");
        File.SetLastWriteTimeUtc(Path.Combine(Old, "mine"), time);

        await CommitAsync();

        Assert.False(Directory.Exists(Old));
        Assert.Equal(["collection.toml", "mine"], Directory.GetFileSystemEntries(New).Select(Path.GetFileName).Order());
        Assert.Equal("new", await File.ReadAllTextAsync(Path.Combine(New, "collection.toml"), Cancellation));
        Assert.Equal(time, File.GetLastWriteTimeUtc(Path.Combine(New, "mine")));
    }

    [Fact]
    public async Task Something_at_the_new_path_stops_it()
    {
        File.WriteAllText(New, "in the way");
        Assert.Equal(ErrorIds.ConcurrentChange, (await Assert.ThrowsAsync<StorageException>(() => CommitAsync())).ErrorId);
        Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(Old, "collection.toml"), Cancellation));
        Assert.Equal("in the way", await File.ReadAllTextAsync(New, Cancellation));
    }

    [Fact]
    public async Task A_folder_that_another_program_renames_first_leaves_everything_as_it_was()
    {
        var elsewhere = _home.At("elsewhere");
        var faults = new Faults((_, step, _) =>
        {
            if (step == StorageStep.RenameFolder && Directory.Exists(Old)) Directory.Move(Old, elsewhere);
        });
        await Assert.ThrowsAsync<StorageException>(() => CommitAsync(faults));
        Assert.False(Directory.Exists(New));
        Assert.True(File.Exists(Path.Combine(elsewhere, "collection.toml")));
    }

    [Theory]
    [InlineData("collections/old", "snapshots/new", "is in another folder")]
    [InlineData("objects", "collections", "which transactions do not change")]
    [InlineData("../outside", "../new", "is not in the home")]
    public void A_journal_that_moves_something_else_is_refused(string from, string to, string problem)
    {
        var entry = new JournalEntry(JournalEntryKind.Move, Path.GetFullPath(_home.At(to)), new string('a', 32), 0, null, null) { Source = Path.GetFullPath(_home.At(from)) };
        var journal = new TransactionJournal(entry.TransactionId, [], [], [entry]);
        var found = new JournalCheck(_home.Path).FindForbidden(journal);
        Assert.NotNull(found);
        Assert.Contains(problem, found.Value.Problem, StringComparison.Ordinal);
    }

    private async Task CommitAsync(Faults? faults = null)
    {
        var storage = new HomeStorage(_home.Path, TimeProvider.System, Random.Shared, faults);
        using var held = await storage.LockAsync(["collection 'old'"], TimeSpan.FromSeconds(5), Cancellation);
        var transaction = storage.Begin(held);
        transaction.Move(Old, New);
        transaction.Write(Path.Combine(Old, "collection.toml"), "new"u8.ToArray());
        transaction.Commit(Cancellation);
    }
}
