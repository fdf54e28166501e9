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

    /// <summary>The folder in which a repair keeps the journals of changes that could not be settled everywhere.</summary>
    public string SetAsidePath { get; } = System.IO.Path.Combine(home, ".set-aside");

    /// <summary>The folder whose folders are collections.</summary>
    public string CollectionsPath { get; } = System.IO.Path.Combine(home, "collections");

    public string Home => home;

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

    /// <summary>Reads a journal without the entries in folders that do not consent. Null if it is gone because its transaction ended or changed its phase.</summary>
    /// <exception cref="StorageException">The journal cannot be read, no transaction of this home wrote it, or it cannot be settled without a consent that is missing.</exception>
    public TransactionJournal? Read(JournalFile file) => ReadWhole(file) is { } journal && file.Phase is { } phase ? WithConsents(journal, phase) : null;

    /// <summary>Reads a journal for readers: without the entries in folders that do not consent, even if they keep it from being settled. Null if it is gone.</summary>
    /// <exception cref="StorageException">The journal cannot be read, or no transaction of this home wrote it.</exception>
    public TransactionJournal? ReadInHome(JournalFile file) => ReadWhole(file) is { } journal ? WithoutMissing(journal) : null;

    /// <summary>Reads a whole journal, whether the folders outside of the home consent or not, so nothing may be settled with it. Null if it is gone or was never completed.</summary>
    /// <exception cref="StorageException">The journal cannot be read, or no transaction of this home wrote it.</exception>
    public TransactionJournal? ReadWhole(JournalFile file)
    {
        if (file.Phase is not { } phase) return null;
        try
        {
            var journal = _text.Read(file.Path, RegularFile.ReadAllBytes(file.Path, JournalText.MostBytes, LinkUse.Refuse));
            if (new JournalCheck(home).DescribeProblem(journal, System.IO.Path.GetFileName(file.Path), phase) is { } problem) throw JournalText.Unreadable(file.Path, problem, null);
            return journal;
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
        foreach (var consent in ConsentsTo(journal)) consent.Give(disk);
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

    /// <summary>Deletes the consents to a transaction, and then its journal.</summary>
    public void Delete(TransactionJournal journal, JournalPhase phase)
    {
        foreach (var consent in ConsentsTo(journal)) consent.Withdraw(disk);
        Delete(PathOf(journal, phase));
    }

    public void Delete(string path)
    {
        disk.DeleteFile(path, path);
        RemoveIfEmpty();
    }

    public bool RemoveIfEmpty() => disk.TryDeleteEmptyFolder(Path);

    /// <summary>Copies a journal to the folder of those that are set aside, flushed. Returns the path of the copy.</summary>
    /// <exception cref="StorageException">It cannot be read or written.</exception>
    public string Keep(TransactionJournal journal, JournalPhase phase)
    {
        OwnFolders.Check(SetAsidePath);
        var name = JournalFile.NameOf(journal, phase);
        var path = System.IO.Path.Combine(Path, name);
        var kept = System.IO.Path.Combine(SetAsidePath, name);
        var content = StorageGuard.Run("read", path, () => RegularFile.ReadAllBytes(path, JournalText.MostBytes, LinkUse.Refuse));
        disk.CreateFolder(SetAsidePath, Disk.PrivateFolder);
        disk.FlushFolder(home);
        // An interrupted repair can have left both.
        var temporary = System.IO.Path.Combine(SetAsidePath, JournalFile.TemporaryNameOf(journal));
        disk.DeleteFile(temporary, kept);
        _files.Write(kept, content, temporary, kept);
        return kept;
    }

    /// <summary>Returns the path of the journal with an id, pending or set aside, or null.</summary>
    public string? Find(string id) => List().Select(file => file.Path).Concat(ListSetAside()).FirstOrDefault(path => System.IO.Path.GetFileName(path).Contains($"~{id}.", StringComparison.Ordinal));

    /// <summary>Returns the folders without whose consent a journal must not be settled.</summary>
    public IReadOnlyList<string> FindBarred(TransactionJournal journal, JournalPhase phase) =>
        [.. ConsentsTo(journal).Where(consent => !consent.IsGiven() && (consent.IsAnother() || phase is JournalPhase.Committed or JournalPhase.Undo)).Select(consent => consent.Folder)];

    /// <summary>Leaves out the entries in folders whose consent is not given yet, or withdrawn already: nothing of the transaction is there then.</summary>
    /// <exception cref="StorageException">A consent is missing without which it must not be settled.</exception>
    public TransactionJournal WithConsents(TransactionJournal journal, JournalPhase phase)
    {
        if (FindBarred(journal, phase) is [var folder, ..])
        {
            throw JournalText.Unreadable(PathOf(journal, phase), Directory.Exists(folder)
                ? $"changes '{folder}', in which there is no consent to it"
                : $"changes '{folder}', which is gone or not mounted (mount it before a repair, which sets the change aside otherwise)", null);
        }

        return WithoutMissing(journal);
    }

    /// <summary>Leaves out the entries in folders that do not consent, and locks none of those that bar the rest.</summary>
    public TransactionJournal WithoutBarred(TransactionJournal journal, IReadOnlyList<string> barred) =>
        WithoutMissing(journal) with { OutsideFolders = [.. journal.OutsideFolders.Where(folder => !barred.Contains(folder, PathEquality.Comparer))] };

    private string[] ListSetAside()
    {
        OwnFolders.Check(SetAsidePath);
        return Directory.Exists(SetAsidePath) ? StorageGuard.Run("read", SetAsidePath, () => Directory.GetFiles(SetAsidePath)) : [];
    }

    private IEnumerable<Consent> ConsentsTo(TransactionJournal journal)
    {
        if (journal.OutsideFolders.Count == 0) return [];
        var plan = journal.WholePlan ?? _text.HashPlan(journal);
        return journal.OutsideFolders.Select(folder => Consent.Of(folder, home, journal.Id, plan));
    }

    private TransactionJournal WithoutMissing(TransactionJournal journal)
    {
        var without = ConsentsTo(journal).Where(consent => !consent.IsGiven()).Select(consent => consent.Folder).ToList();
        return without.Count == 0 ? journal : journal with
        {
            Folders = [.. journal.Folders.Where(folder => !IsOutside(folder))],
            Entries = [.. journal.Entries.Where(entry => !IsOutside(entry.Target))],
            WholePlan = _text.HashPlan(journal),
        };

        bool IsOutside(string changed) => !PathEquality.IsIn(home, changed) && without.Exists(folder => PathEquality.IsIn(folder, changed));
    }

    private StorageException TooLarge(string problem) => new(ErrorIds.StorageFailed, Path, $"the change {problem}. Nothing was changed; divide it into several commands");

    public string PathOf(TransactionJournal journal, JournalPhase phase) => System.IO.Path.Combine(Path, JournalFile.NameOf(journal, phase));
}
