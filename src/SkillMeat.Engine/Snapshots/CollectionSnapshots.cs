using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Maintenance;
using SkillMeat.Snapshots.Restoring;
using SkillMeat.Snapshots.Tarballs;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Snapshots;

/// <summary>
/// The snapshots of collections: takes, lists, verifies, restores, removes and exports them. Three kinds are listed as one: of the whole collection, of manifest and lock file
/// (before a refresh, which changes nothing else), and the original program's tarballs.
/// </summary>
/// <remarks>Safe from several threads and processes: who changes anything holds the collection's lock.</remarks>
public sealed class CollectionSnapshots
{
    private readonly CollectionStore _store;

    /// <summary>Works on the collections of a home.</summary>
    /// <param name="store">The home.</param>
    public CollectionSnapshots(CollectionStore store)
    {
        _store = store;
    }

    /// <summary>Lists snapshots, newest first.</summary>
    /// <param name="collection">The collection; null for the active one.</param>
    /// <param name="skip">How many of the newest to skip.</param>
    /// <param name="take">How many to list at most.</param>
    /// <param name="fits">Which ids are listed and counted; null for all.</param>
    /// <returns>A page of them.</returns>
    /// <remarks>A damaged one is listed with its problem. The collection's own files are not read: they may be why somebody looks for a snapshot.</remarks>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>: neither a collection of that name nor a snapshot of one is there.</exception>
    public SnapshotPage List(string? collection, int skip = 0, int take = 50, Predicate<string>? fits = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        return CatalogOf(Known(collection)).List(skip, take, fits ?? (_ => true));
    }

    /// <summary>Finds one snapshot.</summary>
    /// <param name="collection">The collection; null for the active one.</param>
    /// <param name="snapshotId">The snapshot.</param>
    /// <returns>What a list shows of it; a damaged one has a problem.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>, <see cref="ErrorIds.SnapshotNotFound"/>.</exception>
    public SnapshotInfo Find(string? collection, string snapshotId) => CatalogOf(Known(collection)).Find(snapshotId);

    /// <summary>Takes a snapshot of a whole collection. It costs what changed since the last one.</summary>
    /// <param name="collection">The collection; null for the active one.</param>
    /// <param name="message">What a list shows of it.</param>
    /// <param name="lockTimeout">How long to wait for another process that changes the collection.</param>
    /// <param name="cancellationToken">Stops; there is no snapshot then.</param>
    /// <returns>The snapshot. It stays until somebody removes it.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>.</exception>
    /// <exception cref="LockTimeoutException">Another process holds the collection.</exception>
    /// <exception cref="StorageException">Something in the collection can't be read, or the snapshot can't be written.</exception>
    public async Task<SnapshotInfo> TakeAsync(string? collection, string message, TimeSpan lockTimeout, CancellationToken cancellationToken = default)
    {
        var name = collection ?? _store.ActiveCollection;
        _store.CheckExists(name);
        SnapshotInfo info;
        using (var held = await LockAsync(name, lockTimeout, cancellationToken).ConfigureAwait(false))
        {
            // Gone while somebody else held the lock.
            _store.CheckExists(name);
            var change = _store.Storage.Begin(held);
            var taken = new SnapshotTaker(_store, name).Take(change, SnapshotKind.Manual, message, new ManifestCounter(_store, name).Count(), cancellationToken);
            change.Commit(cancellationToken);
            info = CatalogOf(name).Find(taken.Snapshot.Id) with { Warnings = TextValues.Of(taken.Scan.Warnings.Select(warning => $"{warning.Path}: {warning.Message}")) };
        }

        await new ObjectCleanup(_store).CollectIfDueAsync(cancellationToken).ConfigureAwait(false);
        return info;
    }

    /// <summary>Reads everything that a restore of a snapshot would need, and compares it with its checksums. Changes nothing.</summary>
    /// <param name="collection">The collection; null for the active one.</param>
    /// <param name="snapshotId">The snapshot.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>, <see cref="ErrorIds.SnapshotNotFound"/>.</exception>
    /// <exception cref="StorageException">The folder of the snapshots can't be read.</exception>
    public Task<SnapshotCheck> VerifyAsync(string? collection, string snapshotId, CancellationToken cancellationToken = default)
    {
        var name = Known(collection);
        return Task.Run(() => Verify(name, snapshotId, cancellationToken), cancellationToken);
    }

    /// <summary>Puts a collection back to a snapshot, to the byte, after a snapshot of what is there now. Everything is verified first, and only what differs is touched.</summary>
    /// <param name="collection">The collection; null for the active one. It need not be there any more.</param>
    /// <param name="snapshotId">The snapshot.</param>
    /// <param name="artifacts">Names, or <c>type:name</c>, of the artifacts to put back, files, manifest and lock file; everything else stays as it is. None means the whole collection.</param>
    /// <param name="lockTimeout">How long to wait for another process that changes the collection.</param>
    /// <param name="cancellationToken">Stops the wait; a change that has begun is finished or taken back.</param>
    /// <returns>What was restored.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.CollectionNotFound"/>, <see cref="ErrorIds.SnapshotNotFound"/>; <see cref="ErrorIds.ArtifactNotFound"/>: the snapshot has no such artifact;
    /// <see cref="ErrorIds.InvalidArgument"/>: artifacts were named, and the snapshot holds no files.
    /// </exception>
    /// <exception cref="DataFileException"><see cref="ErrorIds.SnapshotCorrupt"/>, <see cref="ErrorIds.ArchiveRefused"/>: the snapshot is damaged or hostile; nothing was changed.</exception>
    /// <exception cref="LockTimeoutException">Another process holds the collection; nothing was changed.</exception>
    /// <exception cref="StorageException">The files could not be written. The message names the snapshot of what was there before.</exception>
    public async Task<RestoreResult> RestoreAsync(
        string? collection, string snapshotId, IReadOnlyCollection<string> artifacts, TimeSpan lockTimeout, CancellationToken cancellationToken = default)
    {
        var name = Known(collection);
        // Not there, or not readable: found out before anything is waited for.
        var shelf = CatalogOf(name).ShelfOf(snapshotId);
        var state = (shelf as ManifestSnapshotStore)?.Read(snapshotId);
        if (state is not null && artifacts.Count > 0)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"Snapshot '{snapshotId}' holds manifest and lock file only, so it can be restored as a whole, and no artifact of it.");
        }

        using var held = await LockAsync(name, lockTimeout, cancellationToken).ConfigureAwait(false);
        if (state is not null)
        {
            return new ManifestRestoration(_store, name).Restore(held, state, cancellationToken);
        }

        // From here on nobody takes away what the snapshot needs; somebody may have done so while the lock was waited for.
        CatalogOf(name).ShelfOf(snapshotId);
        var tree = ReadTree(shelf, snapshotId, cancellationToken);
        return new TreeRestoration(_store, name).Restore(
            held, snapshotId, now => artifacts.Count == 0 ? tree : new ArtifactSelection(_store, name, snapshotId).Merge(now, tree, artifacts), cancellationToken);
    }

    /// <summary>Removes snapshots, all of them in one transaction. There is no way back.</summary>
    /// <param name="collection">The collection; null for the active one.</param>
    /// <param name="snapshotIds">The snapshots; one that is not there (any more) is as good as removed.</param>
    /// <param name="lockTimeout">How long to wait for another process that changes the collection.</param>
    /// <param name="cancellationToken">Stops the wait; a change that has begun is finished or taken back.</param>
    /// <returns>A task that ends when they are gone.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>.</exception>
    /// <exception cref="LockTimeoutException">Another process holds the collection; nothing was removed.</exception>
    /// <exception cref="StorageException">The files could not be removed.</exception>
    public async Task RemoveAsync(string? collection, IReadOnlyCollection<string> snapshotIds, TimeSpan lockTimeout, CancellationToken cancellationToken = default)
    {
        var name = Known(collection);
        using (var held = await LockAsync(name, lockTimeout, cancellationToken).ConfigureAwait(false))
        {
            var change = _store.Storage.Begin(held);
            CatalogOf(name).Remove(change, snapshotIds);
            change.Commit(cancellationToken);
        }

        await new ObjectCleanup(_store).TryCollectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says which snapshots a person means who wants to be rid of old ones. Removes nothing.</summary>
    /// <param name="collection">The collection; null for the active one.</param>
    /// <param name="keepLast">How many of the newest stay in any case; null for none.</param>
    /// <param name="olderThan">Only those that are older than this stay not; null for any age.</param>
    /// <returns>The snapshots to remove, newest first, those that somebody made by hand never among them.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>; <see cref="ErrorIds.InvalidArgument"/>: a number is negative.</exception>
    public IReadOnlyList<SnapshotInfo> FindOld(string? collection, int? keepLast, TimeSpan? olderThan)
    {
        if (keepLast is < 0 || olderThan < TimeSpan.Zero)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, "How many snapshots are kept, and for how long, can't be less than nothing.");
        }

        var name = Known(collection);
        var all = CatalogOf(name).List(0, int.MaxValue, _ => true).Snapshots;
        var now = _store.Time.GetUtcNow();
        var latest = olderThan is not { } age ? DateTimeOffset.MaxValue : age < now - DateTimeOffset.MinValue ? now - age : DateTimeOffset.MinValue;
        // A damaged one does not say who made it.
        return [.. all.Where(snapshot => snapshot.Kind is not (SnapshotKind.Manual or "")).Skip(keepLast ?? 0).Where(snapshot => snapshot.CreatedAt < latest)];
    }

    /// <summary>Writes a snapshot as a tarball that the original program can restore.</summary>
    /// <param name="collection">The collection; null for the active one.</param>
    /// <param name="snapshotId">The snapshot.</param>
    /// <param name="path">The new file; null to put it into the home and list it where the original looks.</param>
    /// <param name="lockTimeout">How long to wait for another process that changes the collection.</param>
    /// <param name="cancellationToken">Stops; there is no such file then.</param>
    /// <returns>The tarball, which was read back and compared.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.CollectionNotFound"/>, <see cref="ErrorIds.SnapshotNotFound"/>; <see cref="ErrorIds.InvalidArgument"/>: it is a snapshot of manifest and lock file only, or the
    /// file is there already.
    /// </exception>
    /// <exception cref="DataFileException"><see cref="ErrorIds.SnapshotCorrupt"/>: the snapshot is damaged; there is no file.</exception>
    /// <exception cref="StorageException">The file can't be written.</exception>
    public async Task<SnapshotExport> ExportAsync(string? collection, string snapshotId, string? path, TimeSpan lockTimeout, CancellationToken cancellationToken = default)
    {
        var name = Known(collection);
        // Not there: found out before anything is waited for.
        CatalogOf(name).ShelfOf(snapshotId);
        using var held = await LockAsync(name, lockTimeout, cancellationToken).ConfigureAwait(false);
        return new SnapshotExporter(_store, name).Export(held, snapshotId, path, cancellationToken);
    }

    private ObjectId ReadTree(ISnapshotStore shelf, string snapshotId, CancellationToken cancellationToken) => shelf switch
    {
        TreeSnapshotStore trees => trees.Read(snapshotId).Tree,
        TarballStore tarballs => new TarballImport(_store.Objects).Read(tarballs.PathOf(snapshotId), cancellationToken),
        _ => throw new InvalidOperationException($"{shelf} holds no trees"),
    };

    private SnapshotCheck Verify(string name, string snapshotId, CancellationToken cancellationToken)
    {
        var shelf = CatalogOf(name).ShelfOf(snapshotId);
        try
        {
            switch (shelf)
            {
                case TreeSnapshotStore trees:
                    var report = new ObjectVerifier(_store.Objects).VerifyTrees([(name, trees.Read(snapshotId).Tree)], cancellationToken);
                    return new SnapshotCheck(snapshotId, name, report.Objects, report.Bytes, TextValues.Of(report.Problems.Select(problem => $"{problem.Path}: {problem.Message}")));
                case TarballStore tarballs:
                    return new TarballCheck(tarballs.PathOf(snapshotId)).Run(snapshotId, name, cancellationToken);
                default:
                    var state = ((ManifestSnapshotStore)shelf).Read(snapshotId);
                    return new SnapshotCheck(snapshotId, name, state.LockFile is null ? 1 : 2, state.Manifest.Length + (state.LockFile?.Length ?? 0), []);
            }
        }
        catch (SkillMeatException e) when (e.ErrorId is ErrorIds.SnapshotCorrupt or ErrorIds.ArchiveRefused or ErrorIds.StorageFailed)
        {
            return new SnapshotCheck(snapshotId, name, 0, 0, TextValues.Of([e.Message]));
        }
    }

    private string Known(string? collection)
    {
        var name = collection ?? _store.ActiveCollection;
        _store.CheckKnown(name);
        return name;
    }

    private SnapshotCatalog CatalogOf(string name) => new(_store, name);

    private Task<HomeLock> LockAsync(string name, TimeSpan lockTimeout, CancellationToken cancellationToken) =>
        _store.Storage.LockAsync([CollectionStore.LockNameOf(name)], lockTimeout, cancellationToken);
}
