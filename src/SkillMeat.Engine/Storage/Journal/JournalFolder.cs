using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Journal;

/// <summary>
/// The folder <c>.transactions</c> of a home. It exists only while there are journals in it, so that an undisturbed home costs one look; whoever
/// empties it removes it, and whoever finds it gone creates it again.
/// </summary>
internal sealed class JournalFolder(string home, Disk disk)
{
    private const int MostTries = 100;

    private readonly JournalText _text = new(home);
    private readonly AtomicFile _files = new(disk);

    public string Path { get; } = System.IO.Path.Combine(home, ".transactions");

    public bool Exists => Directory.Exists(Path);

    /// <summary>All journals, live ones of other processes among them.</summary>
    public IReadOnlyList<JournalFile> List()
    {
        if (!Exists) return [];
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

    /// <summary>What a journal says; null when it is gone, because its transaction ended or moved on.</summary>
    /// <exception cref="StorageException">It can't be read.</exception>
    public TransactionJournal? Read(JournalFile file)
    {
        try
        {
            using var stream = Disk.OpenRead(file.Path);
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return _text.Read(file.Path, content);
        }
        catch (Exception e) when (StorageErrors.IsMissing(e))
        {
            return null;
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "read", file.Path);
        }
    }

    /// <summary>Writes down what a transaction is about to do, so that it is on the device before the first temporary file is.</summary>
    public void WriteIntent(TransactionJournal journal)
    {
        var content = _text.Write(journal);
        for (var attempt = 1; !TryWrite(journal, content, isLast: attempt == MostTries);) attempt++;
        disk.FlushFolder(home);
    }

    /// <summary>Adds to an intent what is known only after staging. The one before stays if this fails.</summary>
    public void ReplaceIntent(TransactionJournal journal) =>
        _files.Write(PathOf(journal, JournalPhase.Intent), _text.Write(journal), System.IO.Path.Combine(Path, JournalFile.TemporaryNameOf(journal)), Path);

    // False when another process emptied the folder and removed it after we had made sure of it.
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

    // "There is one already", and then there was none: the runtime makes sure of a folder in two steps.
    private bool IsRemovedWhileMade(StorageException error) => error.InnerException is IOException { HResult: 17 } && !File.Exists(Path);

    /// <summary>Renames the journal to its next phase. It is in that phase once this calls back, and surely so after a loss of power once this returns.</summary>
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

    public string PathOf(TransactionJournal journal, JournalPhase phase) => System.IO.Path.Combine(Path, JournalFile.NameOf(journal, phase));
}
