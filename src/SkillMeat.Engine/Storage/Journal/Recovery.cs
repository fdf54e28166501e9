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
            else if (journals.Read(file) is { } journal && journal.Locks.Any(held.Has))
            {
                if (held.Covers(journal.Locks)) report = report.And(Settle(new TransactionRun(journal, phase, journals, generation, disk)));
                else missing.AddRange(journal.Locks);
            }
        }

        if (missing.Count == 0) held.LeftJournal = false;
        return (report, missing);
    }

    private IEnumerable<JournalFile> Abandoned() => journals.List().Where(file => file.Phase is not null && !locks.IsHeld(new LockName(file.Stem, file.Stem)));

    private RecoveryReport SettleIfAbandoned(string stem, IReadOnlyList<JournalFile> files)
    {
        var waiting = RecoveryReport.Nothing with { Waiting = files.Count };
        try
        {
            var needed = files.Where(file => file.Phase is not null).Select(journals.Read).OfType<TransactionJournal>().SelectMany(journal => journal.Locks);
            if (locks.TryAcquire(LockName.InOrder([.. needed, new LockName(stem, stem)])) is not { } taken) return waiting;
            using var held = new HomeLock(taken);
            return SettleUnder(held).Report;
        }
        catch (StorageException problem)
        {
            return waiting with { Problem = problem };
        }
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
    private static bool IsIntact(TransactionJournal journal) => journal.Entries
        .Where(entry => entry.Kind is JournalEntryKind.Write or JournalEntryKind.ReplaceFolder && !TransactionRun.IsApplied(entry))
        .All(entry => entry.StateOf(entry.Staged) == entry.NewSha256);

    private static void PutAsideIfForeign(TransactionRun run, JournalEntry entry, List<string> aside)
    {
        if (TransactionRun.IsForeign(entry)) aside.Add(run.PutAside(entry));
    }
}
