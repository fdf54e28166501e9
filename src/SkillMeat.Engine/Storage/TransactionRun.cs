namespace SkillMeat.Storage;

/// <summary>
/// The steps from one phase of a journal to the next. The transaction itself and the recovery after a crash take the same ones; each can be repeated, because
/// a crash can come after any part of it. One thread at a time.
/// </summary>
internal sealed class TransactionRun(Journal journal, JournalPhase phase, JournalFolder journals, Generation generation, Disk disk)
{
    public Journal Journal => journal;

    public JournalPhase Phase { get; private set; } = phase;

    /// <summary>Puts new contents and backups beside their targets, on the device.</summary>
    public void Stage(IReadOnlyList<ReadOnlyMemory<byte>> contents, CancellationToken cancellationToken)
    {
        foreach (var folder in journal.Folders) disk.CreateFolder(folder);
        foreach (var (entry, content) in journal.Entries.Zip(contents))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Kind != JournalEntryKind.Write) continue;
            disk.CreateFile(entry.Staged, content, AtomicFile.ModeFor(entry.Target), entry.Target);
            if (entry.OldSha256 is not null) disk.Backup(entry.Target, entry.Backup);
        }

        FlushFolders();
    }

    /// <summary>The point of no return.</summary>
    public void Commit() => MoveTo(JournalPhase.Committed);

    /// <summary>Replaces the targets that are not replaced yet.</summary>
    /// <param name="beforeEach">May refuse by throwing; gets the entry's index.</param>
    public void Apply(Action<int> beforeEach)
    {
        generation.Advance();
        for (var index = 0; index < journal.Entries.Count; index++)
        {
            var entry = journal.Entries[index];
            if (IsApplied(entry)) continue;
            beforeEach(index);
            if (entry.Kind == JournalEntryKind.Write) disk.Rename(entry.Staged, entry.Target, entry.Target);
            else if (Disk.HasEntry(entry.Target)) disk.Rename(entry.Target, entry.Backup, entry.Target);
        }

        FlushFolders();
    }

    /// <summary>From here on nothing is undone any more, and a crash only leaves backups to delete.</summary>
    public void Finish() => MoveTo(JournalPhase.Done);

    /// <summary>Restores what was replaced; afterwards all is as before the point of no return.</summary>
    /// <param name="keep">Called with a target that another program changed meanwhile, to put it aside.</param>
    public void Undo(Action<JournalEntry> keep)
    {
        if (Phase == JournalPhase.Committed) MoveTo(JournalPhase.Undo);
        generation.Advance();
        foreach (var entry in journal.Entries.Reverse())
        {
            if (!IsApplied(entry)) continue;
            if (FileState.Read(entry.Target).Sha256 is { } now && now != entry.NewSha256 && now != entry.OldSha256) keep(entry);
            if (Disk.HasEntry(entry.Backup)) disk.Rename(entry.Backup, entry.Target, entry.Target);
            else if (entry.OldSha256 is null && entry.NewSha256 is not null) disk.DeleteFile(entry.Target, entry.Target);
        }

        FlushFolders();
        MoveTo(JournalPhase.Intent);
    }

    /// <summary>Deletes everything that is neither old nor new: what was staged, the backups, the journal itself.</summary>
    public void RemoveLeftovers()
    {
        foreach (var entry in journal.Entries)
        {
            disk.DeleteFile(entry.Staged, entry.Target);
            disk.DeleteFile(entry.Backup, entry.Target);
        }

        if (Phase == JournalPhase.Intent)
        {
            foreach (var folder in journal.Folders.Reverse()) disk.TryDeleteEmptyFolder(folder);
        }

        journals.Delete(journal, Phase);
    }

    /// <summary>Whether the target was replaced already. Both renames are done by the system in one step, so the name that is left tells.</summary>
    public static bool IsApplied(JournalEntry entry) =>
        entry.Kind == JournalEntryKind.Write ? !Disk.HasEntry(entry.Staged) : Disk.HasEntry(entry.Backup);

    /// <summary>Puts a file that somebody else changed under a name of its own beside its place: it is no part of our old or new state, and nobody's bytes get lost.</summary>
    public string PutAside(JournalEntry entry)
    {
        var aside = $"{entry.Target}.kept-{journal.Id[..8]}";
        for (var number = 2; Disk.HasEntry(aside); number++) aside = $"{entry.Target}.kept-{journal.Id[..8]}-{number}";
        disk.Rename(entry.Target, aside, entry.Target);
        return aside;
    }

    private void MoveTo(JournalPhase next) => journals.Move(journal, Phase, next, moved => Phase = moved);

    private void FlushFolders()
    {
        var folders = journal.Entries.Select(entry => entry.Folder).Concat(journal.Folders.Select(folder => Path.GetDirectoryName(folder)!));

        // A folder that somebody removed since has no names left to keep.
        foreach (var folder in folders.Distinct(PathEquality.Comparer).Where(Directory.Exists)) disk.FlushFolder(folder);
    }
}
