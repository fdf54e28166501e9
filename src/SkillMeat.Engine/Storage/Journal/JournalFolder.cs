using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Journal;

/// <summary>
/// The folder <c>.transactions</c> of a home. It exists only while it contains journals, so that a home without any costs one query. A process that
/// empties it deletes it, and one that needs it creates it again.
/// </summary>
internal sealed class JournalFolder(string home, Disk disk)
{
    private const int MaxAttempts = 100;

    private readonly JournalText _text = new(home);
    private readonly AtomicFile _files = new(disk);

    public string Path { get; } = System.IO.Path.Combine(home, ".transactions");

    public bool Exists => Directory.Exists(Path);

    /// <summary>Lists all journals, including live ones of other processes.</summary>
    public IReadOnlyList<JournalFile> List()
    {
        if (!Exists) return [];
        OwnFolders.Check(Path);
        try
        {
            return [.. Directory.EnumerateFiles(Path).Select(JournalFile.Parse).OfType<JournalFile>().OrderBy(file => file.Path, StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "read", Path);
        }
    }

    /// <summary>Reads a journal. Null if it is gone because its transaction ended or changed its phase.</summary>
    /// <exception cref="StorageException">The journal cannot be read, or no transaction of this home wrote it.</exception>
    public TransactionJournal? Read(JournalFile file)
    {
        try
        {
            var journal = _text.Read(file.Path, RegularFile.ReadAllBytes(file.Path, JournalText.MostBytes, LinkUse.Refuse));
            return file.Phase is { } phase && new JournalCheck(home).DescribeProblem(journal, System.IO.Path.GetFileName(file.Path), phase) is { } problem ? throw JournalText.Unreadable(file.Path, problem, null) : journal;
        }
        catch (Exception e) when (StorageErrors.IsMissing(e))
        {
            return null;
        }
        catch (RefusedFileException e)
        {
            throw JournalText.Unreadable(file.Path, $"cannot be read: {e.Reason}", e);
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "read", file.Path);
        }
    }

    /// <summary>Refuses a transaction that could not be settled after a crash, because its journal would be refused.</summary>
    /// <exception cref="StorageException">A path must not be changed, or there are too many.</exception>
    public void Check(TransactionJournal journal)
    {
        if (journal.Folders.Count + journal.Entries.Count is var items and > JournalText.MostItems) throw TooLarge($"concerns {items} files and folders; at most {JournalText.MostItems} can be changed at once");
        if (new JournalCheck(home).FindForbidden(journal) is var (path, problem)) throw new StorageException(ErrorIds.StorageFailed, path, $"cannot change {path}: it {problem}");
    }

    /// <summary>Records a transaction before it begins, so that the journal is on the device before the first temporary file.</summary>
    public void WriteIntent(TransactionJournal journal)
    {
        var content = _text.Write(journal);
        if (content.Length > JournalText.MostBytes) throw TooLarge($"needs a journal of {content.Length} bytes; at most {JournalText.MostBytes} are possible");
        for (var attempt = 1; !TryWrite(journal, content, isLast: attempt == MaxAttempts);) attempt++;
        disk.FlushFolder(home);
    }

    /// <summary>Replaces the journal of an intent with data known only after staging. If this fails, the old one stays.</summary>
    public void ReplaceIntent(TransactionJournal journal) =>
        _files.Write(PathOf(journal, JournalPhase.Intent), _text.Write(journal), System.IO.Path.Combine(Path, JournalFile.TemporaryNameOf(journal)), Path);

    // False if another process deleted the empty folder after it was created here.
    private bool TryWrite(TransactionJournal journal, ReadOnlyMemory<byte> content, bool isLast)
    {
        try
        {
            disk.CreateFolder(Path, Disk.PrivateFolder);
            _files.Write(PathOf(journal, JournalPhase.Intent), content, System.IO.Path.Combine(Path, JournalFile.TemporaryNameOf(journal)), Path);
            return true;
        }
        catch (StorageException e) when (!isLast && (e.InnerException is DirectoryNotFoundException || IsRemovedWhileMade(e)))
        {
            return false;
        }
    }

    // The runtime creates a folder in two steps. Between them, another process can delete it, which looks like "already exists".
    private bool IsRemovedWhileMade(StorageException error) => error.InnerException is IOException { HResult: 17 } && !File.Exists(Path);

    /// <summary>Renames the journal to its next phase. It is in that phase when this calls back, and survives a power failure when this returns.</summary>
    public void Move(TransactionJournal journal, JournalPhase from, JournalPhase to, Action<JournalPhase> moved)
    {
        disk.Rename(PathOf(journal, from), PathOf(journal, to), PathOf(journal, from), StorageStep.MoveJournal);
        moved(to);
        disk.FlushFolder(Path);
    }

    public void Delete(TransactionJournal journal, JournalPhase phase) => Delete(PathOf(journal, phase));

    public void Delete(string path)
    {
        disk.DeleteFile(path, path);
        RemoveIfEmpty();
    }

    public bool RemoveIfEmpty() => disk.TryDeleteEmptyFolder(Path);

    private StorageException TooLarge(string problem) => new(ErrorIds.StorageFailed, Path, $"the change {problem}. Nothing was changed; divide it into several commands");

    public string PathOf(TransactionJournal journal, JournalPhase phase) => System.IO.Path.Combine(Path, JournalFile.NameOf(journal, phase));
}
