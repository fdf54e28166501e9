using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots;
using SkillMeat.Storage.Journal;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Repair;

/// <summary>
/// Finds problems in a home, and repairs those that can be repaired without losing any user data: interrupted changes, leftovers, damaged contents
/// of snapshots, damaged tarballs in the list of Python SkillMeat, manifests and lock files that disagree.
/// </summary>
/// <remarks>Thread-safe, and safe for several processes: it holds the locks of the home and of all its collections.</remarks>
public sealed class HomeRepair
{
    private const int MostPaths = 20;

    private readonly CollectionStore _store;

    /// <summary>Creates a repair for a home.</summary>
    /// <param name="store">The home. Opening it has already settled interrupted changes, unless it was opened to read.</param>
    public HomeRepair(CollectionStore store)
    {
        _store = store;
    }

    /// <summary>Finds and repairs problems.</summary>
    /// <param name="dryRun">Whether to only report what would be done. A dry run takes no lock, so the findings can include what another process is just doing.</param>
    /// <param name="lockTimeout">The maximum time to wait for other processes.</param>
    /// <param name="cancellationToken">Cancels the repair. What is already repaired stays repaired.</param>
    /// <returns>The findings. Empty if the home is sound.</returns>
    /// <exception cref="LockTimeoutException">Another process holds a lock of the home.</exception>
    /// <exception cref="StorageException">A file operation failed.</exception>
    public async Task<IReadOnlyList<RepairFinding>> RepairAsync(bool dryRun, TimeSpan lockTimeout, CancellationToken cancellationToken = default)
    {
        var run = new RepairRun(dryRun);
        // A change that could not be settled is settled, or found again, when the locks are taken.
        var interrupted = _store.Notices.Where(notice => notice != _store.UnsettledNotice).Select(notice => new RepairFinding("an interrupted change", _store.Home, notice, IsLeft: dryRun)).ToList();
        var names = new KnownCollections(_store).Names();
        var hasBarred = SettleBarred(run, cancellationToken);
        if (dryRun)
        {
            if (_store.UnsettledNotice is { } unsettled) run.AddUnresolved("an interrupted change", _store.Home, unsettled);
            await Task.Run(() => Repair(run, held: null, names, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        else if (await TryLockAsync(run, names, lockTimeout, cancellationToken).ConfigureAwait(false) is { } held)
        {
            if (_store.UnsettledNotice is not null && !hasBarred) run.AddRepaired("an interrupted change", _store.Home, "settled");
            using (held)
            {
                await Task.Run(() => Repair(run, held, names, cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            await new ObjectCleanup(_store).TryCollectAsync(cancellationToken).ConfigureAwait(false);
        }

        return [.. interrupted, .. run.Findings];
    }

    // Before the locks are taken, because such a change stops everybody who wants one of its locks.
    private bool SettleBarred(RepairRun run, CancellationToken cancellationToken)
    {
        var hasBarred = false;
        try
        {
            var changes = run.IsDry ? _store.Storage.FindBarredChanges() : _store.Storage.SetBarredChangesAside(cancellationToken);
            foreach (var change in changes)
            {
                run.AddRepaired("an interrupted change of a folder that is gone or does not consent to it", change.JournalPath, Describe(change));
                hasBarred = true;
            }
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.RecoveryPending)
        {
            run.AddUnresolved("an interrupted change", e.Path, e.Message);
        }

        return hasBarred;
    }

    private static string Describe(BarredChange change)
    {
        var paths = change.Paths;
        var more = paths.Count > MostPaths ? $" and {paths.Count - MostPaths} more, which the journal names" : "";
        return $"set aside without touching {string.Join(", ", change.Folders.Select(folder => $"'{folder}'"))}; it concerns there {string.Join(", ", paths.Take(MostPaths).Select(path => $"'{path}'"))}{more}, "
            + $"whose old and new contents are beside them in '.skm-{change.Whole.Id}-*'";
    }

    private async Task<HomeLock?> TryLockAsync(RepairRun run, IReadOnlyList<string> names, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        try
        {
            return await _store.Storage.LockAsync([CollectionStore.HomeLockName, .. names.Select(CollectionStore.LockNameOf)], lockTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.RecoveryPending)
        {
            run.AddUnresolved("an interrupted change", e.Path, e.Message);
            return null;
        }
    }

    private void Repair(RepairRun run, HomeLock? held, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        new Leftovers(_store).Repair(run, names);
        CheckConfig(run);
        foreach (var name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (File.Exists(_store.Layout.Manifest(name))) new CollectionRepair(_store, name).Repair(run, held, cancellationToken);
            new TarballListRepair(_store, name).Repair(run, held, cancellationToken);
        }

        new StoredContents(_store).Repair(run, held, names, cancellationToken);
    }

    private void CheckConfig(RepairRun run)
    {
        try
        {
            _ = _store.ReadConfig().ActiveCollection;
        }
        catch (DataFileException e)
        {
            run.AddUnresolved("an unreadable configuration", _store.Layout.ConfigFile, $"{e.Problem} (line {e.Line}); correct it by hand");
        }
    }
}
