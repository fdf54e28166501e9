using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Journal;

/// <summary>
/// A transaction past its point of no return that is not settled, as readers see it. All its changes show at once: from the point of no return on, or, if it moves folders, while the last of them has its new name. That folder is
/// read where it is, so what goes with it must not show before or after.
/// </summary>
internal sealed class UnsettledChange
{
    private readonly TransactionJournal _journal;
    private readonly IReadOnlyList<JournalEntry> _moved;

    /// <summary>Looks at a transaction.</summary>
    /// <param name="file">The file of its journal.</param>
    /// <param name="journal">The journal.</param>
    public UnsettledChange(JournalFile file, TransactionJournal journal)
    {
        _journal = journal;
        _moved = [.. journal.Moves.Where(TransactionRun.IsApplied)];
        IsNew = MovesFolders ? _moved.Contains(journal.Moves[^1]) : file.Phase == JournalPhase.Committed;
        State = $"{file.Path} {string.Join(',', _moved.Select(entry => entry.Index))}";
    }

    /// <summary>Whether its changes show.</summary>
    public bool IsNew { get; }

    /// <summary>Whether it gives folders another name.</summary>
    public bool MovesFolders => _journal.Moves.Count > 0;

    /// <summary>A text that is another one as soon as other files show.</summary>
    public string State { get; }

    /// <summary>Whether a file can be read somewhere else than at its path.</summary>
    public bool Touches(string path) => _journal.Touches(path) || _journal.Touches(LinkTarget.Resolve(path))
        || _journal.Moves.Any(move => IsAtOrIn(move.Source!, path) || IsAtOrIn(move.Target, path));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="read">Reads the bytes at a path, or returns null if there is no file.</param>
    public byte[]? Read(string path, Func<string, byte[]?> read)
    {
        if (EntryFor(path) is { } entry) return IsNew ? ReadNew(entry, read) : ReadOld(TransactionJournal.AfterMoves(entry, _moved), read);
        return Locate(path) is { } there ? read(there) : null;
    }

    /// <summary>Returns the path at which a file, folder or link is found now. Null if there is none to be seen.</summary>
    public string? Locate(string path)
    {
        if (EntryFor(path) is { } entry) return IsNew ? LocateNew(entry) : LocateOld(TransactionJournal.AfterMoves(entry, _moved));
        return IsNew ? path : LocateMoved(path);
    }

    private static bool IsDeletion(JournalEntry entry) => entry.Kind is JournalEntryKind.Delete or JournalEntryKind.DeleteFolder;

    // Each step can happen at any moment, so a name that is gone has become the next one.
    private static byte[]? ReadNew(JournalEntry entry, Func<string, byte[]?> read) => IsDeletion(entry) ? null : read(entry.Staged) ?? read(entry.Target);

    private static byte[]? ReadOld(JournalEntry entry, Func<string, byte[]?> read)
    {
        if (!TransactionRun.IsApplied(entry) && read(entry.Target) is var before && !TransactionRun.IsApplied(entry)) return before;
        if (read(entry.Backup) is { } backup) return backup;
        if (read(entry.Target) is not { } target) return read(entry.Backup);
        return entry.OldSha256 is null && FileState.Hash(target) == entry.NewSha256 ? null : target;
    }

    private static string? LocateNew(JournalEntry entry) => IsDeletion(entry) ? null : Disk.HasEntry(entry.Staged) ? entry.Staged : entry.Target;

    // A copy of a file that is written is beside it from the beginning. Of everything else, the backup is the old one itself.
    private static string? LocateOld(JournalEntry entry)
    {
        var isApplied = TransactionRun.IsApplied(entry);
        if ((isApplied || entry.Kind != JournalEntryKind.Write) && Disk.HasEntry(entry.Backup)) return entry.Backup;
        if (!isApplied) return entry.Target;
        return entry.OldSha256 is null && entry.StateOf(entry.Target) == entry.NewSha256 ? null : entry.Target;
    }

    // Folders that were moved before the last one, by their old names.
    private string? LocateMoved(string path)
    {
        if (_moved.FirstOrDefault(move => IsAtOrIn(move.Source!, path)) is { } moved) return Rebase(moved, path);
        return _moved.Any(move => IsAtOrIn(move.Target, path)) ? null : path;
    }

    private static string Rebase(JournalEntry move, string path) => path.Length == move.Source!.Length ? move.Target : Path.Combine(move.Target, Path.GetRelativePath(move.Source, path));

    private static bool IsAtOrIn(string folder, string path) => PathEquality.Comparer.Equals(folder, path) || PathEquality.IsIn(folder, path);

    private JournalEntry? EntryFor(string path) =>
        _journal.Entries.FirstOrDefault(entry => entry.Kind != JournalEntryKind.Move && PathEquality.Comparer.Equals(entry.Target, path))
        ?? _journal.Entries.FirstOrDefault(entry => entry.Kind == JournalEntryKind.Write && PathEquality.Comparer.Equals(entry.Target, LinkTarget.Resolve(path)));
}
