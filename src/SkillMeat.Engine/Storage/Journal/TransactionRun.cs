using System.Text;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Journal;

/// <summary>
/// The steps from one phase of a journal to the next, shared by transactions and recovery. Each can be repeated, because
/// a crash can happen after any part of it. Not thread-safe.
/// </summary>
internal sealed class TransactionRun(TransactionJournal journal, JournalPhase phase, JournalFolder journals, Generation generation, Disk disk)
{
    private readonly List<string> _kept = [];

    /// <summary>The paths at which folders are kept that other programs wrote to while they were being replaced.</summary>
    public IReadOnlyList<string> Kept => _kept;

    public TransactionJournal Journal { get; private set; } = journal;

    public JournalPhase Phase { get; private set; } = phase;

    /// <summary>Writes new contents and backups beside their targets, and flushes them.</summary>
    public void Stage(IReadOnlyList<StagedChange> changes, CancellationToken cancellationToken)
    {
        foreach (var folder in Journal.Folders) disk.CreateFolder(folder);
        foreach (var (entry, change) in Journal.Entries.Zip(changes))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (change.Fill is not null) change.Fill(entry.Staged, cancellationToken);
            else if (entry.Kind == JournalEntryKind.Write) disk.CreateFile(entry.Staged, change.Content, AtomicFile.ModeFor(entry.Target), entry.Target);
            if (entry is { Kind: JournalEntryKind.Write, OldSha256: not null }) disk.Backup(entry.Target, entry.Backup);
        }

        // All at once, because flushing a thousand files one by one would take most of the time.
        var filled = Journal.Entries.Zip(changes).Where(pair => pair.Second.Fill is not null).Select(pair => pair.First.Staged).ToList();
        disk.FlushAll(filled);
        FlushFolders();
        if (filled.Count > 0) RecordFilled(filled.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Passes the point of no return.</summary>
    public void Commit() => MoveTo(JournalPhase.Committed);

    /// <summary>Replaces the targets that are not replaced yet.</summary>
    /// <param name="beforeEach">Called with the index of each entry before it is replaced. May throw to refuse.</param>
    public void Apply(Action<int> beforeEach)
    {
        generation.Advance(movesFolders: Journal.Moves.Count > 0);
        for (var index = 0; index < Journal.Entries.Count; index++)
        {
            var entry = Journal.Entries[index];
            if (IsApplied(entry)) continue;
            beforeEach(index);
            if (entry.IsFolder) ApplyToFolder(entry);
            else if (entry.Kind == JournalEntryKind.Replace) ApplyToAny(entry);
            else if (entry.Kind == JournalEntryKind.Move) ApplyMove(entry);
            else if (entry.Kind == JournalEntryKind.Write) disk.Rename(entry.Staged, entry.Target, entry.Target);
            else if (Disk.HasEntry(entry.Target)) MoveEntry(entry.Target, entry.Backup, entry.Target);
        }

        FlushFolders();
    }

    /// <summary>Marks the transaction as done. From here on, nothing is rolled back, and a crash only leaves backups to delete.</summary>
    public void Finish() => MoveTo(JournalPhase.Done);

    /// <summary>Restores the replaced targets, so that everything is as before the point of no return.</summary>
    /// <param name="keep">Called to put aside a target that another program changed meanwhile.</param>
    /// <param name="keepsWaysBack">Whether the snapshots of the state before stay.</param>
    public void Undo(Action<JournalEntry> keep, bool keepsWaysBack = false)
    {
        if (Phase == JournalPhase.Committed) MoveTo(JournalPhase.Undo);
        generation.Advance(movesFolders: Journal.Moves.Count > 0);
        foreach (var entry in Journal.Entries.Reverse())
        {
            if (entry.Kind == JournalEntryKind.Replace)
            {
                UndoAny(entry, keep);
                continue;
            }

            if (entry.Kind == JournalEntryKind.Move)
            {
                UndoMove(entry);
                continue;
            }

            if (entry.IsFolder)
            {
                UndoFolder(entry, keep);
                continue;
            }

            if (!IsApplied(entry) || (keepsWaysBack && entry.IsWayBack)) continue;
            if (entry.StateOf(entry.Target) is { } now && now != entry.NewSha256 && now != entry.OldSha256) keep(entry);
            if (Disk.HasEntry(entry.Backup)) MoveEntry(entry.Backup, entry.Target, entry.Target);
            else if (entry.OldSha256 is null && entry.NewSha256 is not null) disk.DeleteFile(entry.Target, entry.Target);
        }

        FlushFolders();
        MoveTo(JournalPhase.Intent);
    }

    /// <summary>Deletes the staged contents, the backups and the journal.</summary>
    public void RemoveLeftovers()
    {
        var kept = new string?[Journal.Entries.Count];
        try
        {
            ParallelItems.ForEach(kept.Length, index => kept[index] = RemoveLeftovers(Phase == JournalPhase.Done ? TransactionJournal.AfterMoves(Journal.Entries[index], Journal.Moves) : Journal.Entries[index]));
        }
        finally
        {
            // The user must learn of a kept folder even if another one cannot be deleted.
            _kept.AddRange(kept.OfType<string>());
        }


        if (Phase == JournalPhase.Intent)
        {
            foreach (var folder in Journal.Folders.Reverse()) disk.TryDeleteEmptyFolder(folder);
        }

        journals.Delete(Journal, Phase);
    }

    /// <summary>Whether the target is already replaced. Renames are atomic, so the remaining name tells.</summary>
    public static bool IsApplied(JournalEntry entry) => entry.Kind == JournalEntryKind.Move ? IsMoved(entry) :
        entry.Kind is JournalEntryKind.Write or JournalEntryKind.ReplaceFolder or JournalEntryKind.Replace ? !Disk.HasEntry(entry.Staged) : Disk.HasEntry(entry.Backup);

    /// <summary>Renames a target that another program changed, so that its content is neither mixed with ours nor lost.</summary>
    public string PutAside(JournalEntry entry)
    {
        var aside = NameAside(entry);
        if (entry.IsFolder) disk.RenameFolder(entry.Target, aside, entry.Target);
        else if (entry.Kind is JournalEntryKind.Replace or JournalEntryKind.Move) MoveEntry(entry.Target, aside, entry.Target);
        else disk.Rename(entry.Target, aside, entry.Target);
        return aside;
    }

    /// <summary>Whether a target has neither its old nor its new content, so that it belongs to another program and must not be lost.</summary>
    public static bool IsForeign(JournalEntry entry)
    {
        // The old entry is moved away before the new one comes. Anything in between belongs to another program.
        if (entry.Kind is JournalEntryKind.ReplaceFolder or JournalEntryKind.Replace && Disk.HasEntry(entry.Backup)) return Disk.HasEntry(entry.Target);
        return Disk.HasEntry(entry.Target) && entry.StateOf(entry.Target) is { } now && now != entry.OldSha256;
    }

    // Another program may have made something at the old path since.
    private static bool IsMoved(JournalEntry entry) =>
        Disk.HasEntry(entry.Target) && (!Disk.HasEntry(entry.Source!) || (FolderIdentity.Of(entry.Target) is { } identity && FileState.Hash(Encoding.UTF8.GetBytes(identity)) == entry.NewSha256));

    private void ApplyMove(JournalEntry entry)
    {
        if (Disk.HasEntry(entry.Target)) throw new StorageException(ErrorIds.ConcurrentChange, entry.Target, $"another program created {entry.Target} meanwhile, so nothing was written; try again");
        MoveEntry(entry.Source!, entry.Target, entry.Target);
    }

    // A folder that another program made at the old path stays, beside it.
    private void UndoMove(JournalEntry entry)
    {
        if (!IsMoved(entry)) return;
        if (Disk.HasEntry(entry.Source!))
        {
            var aside = NameAside(entry.Source!);
            MoveEntry(entry.Source!, aside, entry.Source!);
            _kept.Add(aside);
        }

        MoveEntry(entry.Target, entry.Source!, entry.Source!);
    }

    /// <summary>Records the hashes of filled contents, which are known only now and needed before the point of no return.</summary>
    private void RecordFilled(HashSet<string> filled)
    {
        var entries = Journal.Entries.ToArray();
        ParallelItems.ForEach(entries.Length, index =>
        {
            if (filled.Contains(entries[index].Staged)) entries[index] = entries[index] with { NewSha256 = entries[index].StateOf(entries[index].Staged) };
        });
        Journal = Journal with { Entries = entries };
        journals.ReplaceIntent(Journal);
    }

    // A link to a folder is moved like a folder.
    private void MoveEntry(string from, string to, string shownPath)
    {
        if (Directory.Exists(from)) disk.RenameFolder(from, to, shownPath);
        else disk.Rename(from, to, shownPath);
    }

    private void ApplyToFolder(JournalEntry entry)
    {
        if (Disk.HasEntry(entry.Target) && !Disk.HasEntry(entry.Backup)) disk.RenameFolder(entry.Target, entry.Backup, entry.Target);
        if (entry.Kind == JournalEntryKind.ReplaceFolder) disk.RenameFolder(entry.Staged, entry.Target, entry.Target);
    }

    private void ApplyToAny(JournalEntry entry)
    {
        if (Disk.HasEntry(entry.Target) && !Disk.HasEntry(entry.Backup)) MoveEntry(entry.Target, entry.Backup, entry.Target);
        if (Disk.HasEntry(entry.Target)) throw new StorageException(ErrorIds.ConcurrentChange, entry.Target, $"another program created {entry.Target} meanwhile, so nothing was written; try again");
        MoveEntry(entry.Staged, entry.Target, entry.Target);
    }

    private void UndoAny(JournalEntry entry, Action<JournalEntry> keep)
    {
        var isReplaced = IsApplied(entry);
        if (!isReplaced && !Disk.HasEntry(entry.Backup)) return;
        if (Disk.HasEntry(entry.Target))
        {
            if (isReplaced && entry.StateOf(entry.Target) == entry.NewSha256) MoveEntry(entry.Target, entry.Staged, entry.Target);
            else keep(entry);
        }

        if (Disk.HasEntry(entry.Backup)) MoveEntry(entry.Backup, entry.Target, entry.Target);
    }

    private void UndoFolder(JournalEntry entry, Action<JournalEntry> keep)
    {
        var isReplaced = entry.Kind == JournalEntryKind.ReplaceFolder && IsApplied(entry);
        if (!isReplaced && !Disk.HasEntry(entry.Backup)) return;
        if (Disk.HasEntry(entry.Target))
        {
            if (isReplaced && FolderState.Read(entry.Target).Sha256 == entry.NewSha256) disk.RenameFolder(entry.Target, entry.Staged, entry.Target);
            else keep(entry);
        }

        if (Disk.HasEntry(entry.Backup)) disk.RenameFolder(entry.Backup, entry.Target, entry.Target);
    }

    // Returns the path at which a folder is kept, if it is.
    private string? RemoveLeftovers(JournalEntry entry)
    {
        if (entry.IsFolder || entry.Kind == JournalEntryKind.Replace)
        {
            disk.DeleteTree(entry.Staged, entry.Target);
            return Phase == JournalPhase.Done ? RemoveBackup(entry) : null;
        }

        disk.DeleteFile(entry.Staged, entry.Target);
        disk.DeleteFile(entry.Backup, entry.Target);
        return null;
    }

    /// <summary>
    /// Deletes a replaced folder. A program that had one of its files open may have written to it since, so a changed folder is kept.
    /// The folder is renamed first, because after an interrupted deletion the rest would look changed, too.
    /// </summary>
    private string? RemoveBackup(JournalEntry entry)
    {
        var kept = Disk.HasEntry(entry.Backup) ? Discard(entry) : null;
        disk.DeleteTree(entry.Discarded, entry.Target);
        return kept;
    }

    private string? Discard(JournalEntry entry)
    {
        // A link to a folder was deleted as a link.
        if (entry.IsFolder && !Directory.Exists(entry.Backup)) disk.DeleteFile(entry.Backup, entry.Target);
        else if (entry.StateOf(entry.Backup) == entry.OldSha256) MoveEntry(entry.Backup, entry.Discarded, entry.Target);
        else return KeepBackup(entry);
        return null;
    }

    private string KeepBackup(JournalEntry entry)
    {
        var aside = NameAside(entry);
        MoveEntry(entry.Backup, aside, entry.Target);
        return aside;
    }

    private string NameAside(JournalEntry entry) => NameAside(entry.Target);

    private string NameAside(string path)
    {
        if (IsCollection(path)) return NameHidden(path);
        var aside = $"{path}.kept-{Journal.Id[..8]}";
        for (var number = 2; Disk.HasEntry(aside); number++) aside = $"{path}.kept-{Journal.Id[..8]}-{number}";
        return aside;
    }

    // A folder beside a collection would be a collection as well, for Python SkillMeat too.
    private string NameHidden(string path)
    {
        var start = Path.Combine(Path.GetDirectoryName(path)!, $".skm-kept-{Journal.Id[..8]}");
        var folder = start;
        for (var number = 2; Disk.HasEntry(Path.Combine(folder, Path.GetFileName(path))); number++) folder = $"{start}-{number}";
        disk.CreateFolder(folder);
        return Path.Combine(folder, Path.GetFileName(path));
    }

    private bool IsCollection(string path)
    {
        var (parent, collections) = (Path.GetDirectoryName(path)!, journals.CollectionsPath);
        if (!Directory.Exists(parent) || !Directory.Exists(collections)) return false;
        return PathEquality.Comparer.Equals(parent, collections) || PathEquality.Comparer.Equals(LinkTarget.RealFolder(parent), LinkTarget.RealFolder(collections));
    }

    private void MoveTo(JournalPhase next) => journals.Move(Journal, Phase, next, moved => Phase = moved);

    private void FlushFolders()
    {
        var moved = Journal.Moves.Count == 0 ? [] : Journal.Entries.Select(entry => TransactionJournal.AfterMoves(entry, Journal.Moves).Folder);
        var folders = Journal.Entries.Select(entry => entry.Folder).Concat(moved).Concat(Journal.Folders.Select(folder => Path.GetDirectoryName(folder)!));

        // A folder that was removed since has no names left to flush.
        foreach (var folder in folders.Distinct(PathEquality.Comparer).Where(Directory.Exists)) disk.FlushFolder(folder);
    }
}
