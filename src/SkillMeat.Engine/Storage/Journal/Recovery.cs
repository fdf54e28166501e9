using SkillMeat.Errors;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Storage.Journal;

/// <summary>
/// Settles transactions whose process died: rolls back those before their point of no return, and finishes the others. A journal is touched only under all
/// of its locks, so that any number of processes may try at the same time.
/// </summary>
internal sealed class Recovery(JournalFolder journals, LockFolder locks, Generation generation, Disk disk)
{
    private const int LockAttempts = 50;

    private static readonly TimeSpan _lockPause = TimeSpan.FromMilliseconds(10);

    /// <summary>Settles all transactions whose locks are free. A failure is part of the report and is not thrown.</summary>
    public RecoveryReport SettleAbandoned(CancellationToken cancellationToken)
    {
        if (!journals.Exists) return RecoveryReport.Nothing;
        var report = RecoveryReport.Nothing;
        foreach (var group in journals.List().GroupBy(file => file.Stem))
        {
            cancellationToken.ThrowIfCancellationRequested();
            report = report.And(SettleIfAbandoned(group.Key, [.. group]));
        }

        if (report.Waiting == 0) journals.RemoveIfEmpty();
        return report;
    }

    /// <summary>Whether there is a journal whose process is dead. Writes nothing.</summary>
    public bool HasAbandoned() => Abandoned().Any(file => File.Exists(file.Path));

    /// <summary>
    /// Returns the error of the first journal whose process is dead and that cannot be read or that no transaction of this home wrote, or null. Writes nothing.
    /// </summary>
    public StorageException? FindRefused()
    {
        try
        {
            foreach (var file in Abandoned()) journals.Read(file);
            return null;
        }
        catch (StorageException refused)
        {
            return refused;
        }
    }

    /// <summary>Settles every journal that the held locks cover. This must happen before any change under a lock, or an old journal would overwrite it later.</summary>
    /// <returns>The report, and the other locks of journals that share a lock with these.</returns>
    public (RecoveryReport Report, IReadOnlyList<LockName> Missing) SettleUnder(HomeLock held)
    {
        var report = RecoveryReport.Nothing;
        var missing = new List<LockName>();
        foreach (var file in journals.List())
        {
            if (file.Phase is not { } phase)
            {
                if (held.HasStem(file.Stem)) journals.Delete(file.Path);
            }
            else if (journals.ReadWhole(file) is { } journal && journal.Locks.Any(held.Has))
            {
                // Only now the consents: a journal of a folder that is gone must not keep anybody from changing something else.
                if (held.Covers(journal.Locks)) report = report.And(SettleLocked(new TransactionRun(journals.WithConsents(journal, phase), phase, journals, generation, disk), held));
                else missing.AddRange(journal.Locks);
            }
        }

        if (missing.Count == 0) held.LeftJournal = false;
        return (report, missing);
    }

    /// <summary>Finds the changes of dead processes that cannot be settled because a folder outside of the home is gone or does not consent. Writes nothing.</summary>
    public IEnumerable<BarredChange> FindBarred() => Abandoned().Select(FindBarred).OfType<BarredChange>();

    /// <summary>Keeps the journals of these changes elsewhere in the home, and settles them without the folders that bar it, in which nothing is touched. So the home can be changed again.</summary>
    /// <returns>The changes, each with the path at which its journal is kept.</returns>
    /// <exception cref="StorageException">The home cannot be written.</exception>
    public IEnumerable<BarredChange> SetBarredAside(CancellationToken cancellationToken)
    {
        foreach (var file in Abandoned().ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (FindBarred(file) is not { } found || locks.TryAcquire(found.Whole.Locks) is not { } taken) continue;
            using var held = new HomeLock(taken);
            // Another process can have settled it before the locks were taken.
            if (FindBarred(file) is not { } change || !held.Covers(change.Whole.Locks)) continue;
            var kept = journals.Keep(change.Whole, change.Phase);
            SettleLocked(new TransactionRun(journals.WithoutBarred(change.Whole, change.Folders), change.Phase, journals, generation, disk), held);
            yield return change with { JournalPath = kept };
        }
    }

    // Null for a damaged journal as well, which stays in the way until the user has looked at it.
    private BarredChange? FindBarred(JournalFile file)
    {
        try
        {
            return file.Phase is { } phase && journals.ReadWhole(file) is { } journal && journals.FindBarred(journal, phase) is { Count: > 0 } folders ? new BarredChange(file.Path, journal, phase, folders) : null;
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.RecoveryPending)
        {
            return null;
        }
    }

    private IEnumerable<JournalFile> Abandoned() => journals.List().Where(file => file.Phase is not null && !locks.IsHeld(new LockName(file.Stem, file.Stem)));

    private RecoveryReport SettleIfAbandoned(string stem, IReadOnlyList<JournalFile> files)
    {
        var waiting = RecoveryReport.Nothing with { Waiting = files.Count };
        try
        {
            var needed = files.Select(journals.ReadWhole).OfType<TransactionJournal>().SelectMany(journal => journal.Locks);
            if (locks.TryAcquire(LockName.InOrder([.. needed, new LockName(stem, stem)])) is not { } taken) return waiting;
            using var held = new HomeLock(taken);
            return SettleUnder(held).Report;
        }
        catch (StorageException problem)
        {
            return waiting with { Problem = problem };
        }
    }

    private RecoveryReport SettleLocked(TransactionRun run, HomeLock held)
    {
        var taken = new List<FolderLock>();
        try
        {
            // A folder that is gone has nothing to settle; whether it may be, the consents have told.
            foreach (var folder in run.Journal.OutsideFolders.Where(folder => Directory.Exists(folder) && !held.HasFolder(folder)).Order(StringComparer.Ordinal))
            {
                taken.Add(TryLock(folder) ?? throw new StorageException(ErrorIds.RecoveryPending, folder, $"an interrupted change of '{folder}' cannot be settled yet: another program is changing the folder; try again"));
            }

            return Settle(run);
        }
        finally
        {
            taken.ForEach(one => one.Dispose());
        }
    }

    // Another program that holds it notices the consent, and lets it go at once.
    private FolderLock? TryLock(string folder)
    {
        for (var attempt = 1; attempt < LockAttempts; attempt++)
        {
            if (FolderLock.TryAcquire(folder, disk) is { } taken) return taken;
            Thread.Sleep(_lockPause);
        }

        return FolderLock.TryAcquire(folder, disk);
    }

    private RecoveryReport Settle(TransactionRun run)
    {
        var aside = new List<string>();
        try
        {
            if (run.Phase == JournalPhase.Committed && IsIntact(run.Journal))
            {
                run.Apply(index => PutAsideIfForeign(run, run.Journal.Entries[index], aside));
                run.Finish();
            }

            if (run.Phase is JournalPhase.Committed or JournalPhase.Undo) run.Undo(entry => aside.Add(run.PutAside(entry)), keepsWaysBack: true);
            var isFinished = run.Phase == JournalPhase.Done;
            run.RemoveLeftovers();
            aside.AddRange(run.Kept);
            return new RecoveryReport(isFinished ? 1 : 0, isFinished ? 0 : 1, 0, aside, null);
        }
        catch (StorageException problem)
        {
            throw new StorageException(ErrorIds.RecoveryPending, problem.Path,
                $"an interrupted change cannot be settled yet: {problem.Message}; its journal is {journals.PathOf(run.Journal, run.Phase)}", problem);
        }
    }

    // A staged file that differs from what was flushed means a faulty device. The backups are safer then.
    private static bool IsIntact(TransactionJournal journal) => journal.Entries.All(entry => entry.Source is not { } source || Disk.HasEntry(source) || Disk.HasEntry(entry.Target)) && journal.Entries
        .Where(entry => entry.Kind is JournalEntryKind.Write or JournalEntryKind.ReplaceFolder or JournalEntryKind.Replace && !TransactionRun.IsApplied(entry))
        .All(entry => entry.StateOf(entry.Staged) == entry.NewSha256);

    private static void PutAsideIfForeign(TransactionRun run, JournalEntry entry, List<string> aside)
    {
        if (TransactionRun.IsForeign(entry)) aside.Add(run.PutAside(entry));
    }
}
