using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Repair;

/// <summary>
/// Looks through a home for what is not as it should be, and puts right what can be put right without taking a byte of anybody: interrupted changes, leftovers, snapshots whose contents
/// are damaged, lists of the original's that name tarballs which are not whole, manifests and lock files that disagree.
/// </summary>
/// <remarks>Safe from several threads and processes: it holds the locks of the home and of all its collections.</remarks>
public sealed class HomeRepair
{
    private readonly CollectionStore _store;

    /// <summary>Works on a home.</summary>
    /// <param name="store">The home. Opening it has settled interrupted changes already, unless it was opened to read.</param>
    public HomeRepair(CollectionStore store)
    {
        _store = store;
    }

    /// <summary>Looks, and repairs.</summary>
    /// <param name="dryRun">True to only say what would be done. Nothing is written then and no lock taken, so what another process is just doing can be among the findings.</param>
    /// <param name="lockTimeout">How long to wait for other processes that are at work in the home.</param>
    /// <param name="cancellationToken">Stops; what was repaired until then stays so.</param>
    /// <returns>What was found; empty when all is well.</returns>
    /// <exception cref="LockTimeoutException">Another process is at work in the home.</exception>
    /// <exception cref="StorageException">The file system refused.</exception>
    public async Task<IReadOnlyList<RepairFinding>> RepairAsync(bool dryRun, TimeSpan lockTimeout, CancellationToken cancellationToken = default)
    {
        var run = new RepairRun(dryRun);
        var interrupted = _store.Notices.Select(notice => new RepairFinding("an interrupted change", _store.Home, notice, IsLeft: dryRun)).ToList();
        var names = new KnownCollections(_store).Names();
        if (dryRun)
        {
            await Task.Run(() => Repair(run, held: null, names, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        else if (await TryLockAsync(run, names, lockTimeout, cancellationToken).ConfigureAwait(false) is { } held)
        {
            using (held)
            {
                await Task.Run(() => Repair(run, held, names, cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            await new ObjectCleanup(_store).TryCollectAsync(cancellationToken).ConfigureAwait(false);
        }

        return [.. interrupted, .. run.Findings];
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
            run.AddUnresolved("a configuration that can't be read", _store.Layout.ConfigFile, $"{e.Problem} (line {e.Line}); correct it by hand");
        }
    }
}
