using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Maintenance;
using SkillMeat.Snapshots.Restoring;
using SkillMeat.Snapshots.Tarballs;
using SkillMeat.Storage;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Snapshots;

/// <summary>
/// Takes, lists, verifies, restores, removes and exports the snapshots of collections. There are three kinds, listed together: snapshots of the whole collection, snapshots of manifest and
/// lock file (before a refresh, which changes nothing else), and tarballs of Python SkillMeat.
/// </summary>
/// <remarks>Thread-safe, and safe for several processes: every change holds the lock of the collection.</remarks>
public sealed class CollectionSnapshots
{
    private readonly CollectionStore _store;

    /// <summary>Creates an instance for the collections of a home.</summary>
    /// <param name="store">The home.</param>
    public CollectionSnapshots(CollectionStore store)
    {
        _store = store;
    }

    /// <summary>Lists snapshots, newest first.</summary>
    /// <param name="collection">The collection, or null for the active one.</param>
    /// <param name="skip">The number of the newest snapshots to skip.</param>
    /// <param name="take">The maximum number to list.</param>
    /// <param name="fits">A filter for the ids to list and count, or null for all.</param>
    /// <returns>A page of snapshots.</returns>
    /// <remarks>A damaged snapshot is listed with its problem. The files of the collection are not read, because they may be the reason to look for a snapshot.</remarks>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>: there is neither a collection of this name nor a snapshot of one.</exception>
    public SnapshotPage List(string? collection, int skip = 0, int take = SnapshotPage.DefaultLength, Predicate<string>? fits = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        return _store.Storage.ReadAsOne(() => CatalogOf(Known(collection)).List(skip, take, fits ?? (_ => true)));
    }

    /// <summary>Lists the collections of which only snapshots are left, as after a deletion. They are restored by their names.</summary>
    /// <returns>The names, in order.</returns>
    /// <exception cref="StorageException">A folder cannot be read.</exception>
    public IReadOnlyList<string> ListDeletedCollections() => _store.Storage.ReadAsOne(() => (IReadOnlyList<string>)
    [
        .. new KnownCollections(_store).Names().Except(_store.ListNames(), StringComparer.Ordinal).Where(name => CatalogOf(name).List(0, 0, _ => true).Total > 0).Order(StringComparer.OrdinalIgnoreCase),
    ]);

    /// <summary>Finds one snapshot.</summary>
    /// <param name="collection">The collection, or null for the active one.</param>
    /// <param name="snapshotId">The id of the snapshot.</param>
    /// <returns>The snapshot. If it is damaged, its problem is set.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>, <see cref="ErrorIds.SnapshotNotFound"/>.</exception>
    public SnapshotInfo Find(string? collection, string snapshotId) => _store.Storage.ReadAsOne(() => CatalogOf(Known(collection)).Find(snapshotId));

    /// <summary>Takes a snapshot of a whole collection. It takes space only for what changed since the last one.</summary>
    /// <param name="collection">The collection, or null for the active one.</param>
    /// <param name="message">The message of the snapshot, for lists.</param>
    /// <param name="lockTimeout">The maximum time to wait for another process that changes the collection.</param>
    /// <param name="cancellationToken">Cancels the operation. No snapshot is left then.</param>
    /// <returns>The snapshot. It is never removed automatically.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>.</exception>
    /// <exception cref="LockTimeoutException">Another process holds the lock of the collection.</exception>
    /// <exception cref="StorageException">The collection cannot be read, or the snapshot cannot be written.</exception>
    public async Task<SnapshotInfo> TakeAsync(string? collection, string message, TimeSpan lockTimeout, CancellationToken cancellationToken = default)
    {
        var name = collection ?? _store.ActiveCollection;
        _store.CheckExists(name);
        SnapshotInfo info;
        using (var held = await LockAsync(name, lockTimeout, cancellationToken).ConfigureAwait(false))
        {
            // It may have been removed while waiting for the lock.
            _store.CheckExists(name);
            var change = _store.Storage.Begin(held);
            var taken = new SnapshotTaker(_store, name).Take(change, SnapshotKind.Manual, message, new ManifestCounter(_store, name).Count(), cancellationToken);
            change.Commit(cancellationToken);
            info = CatalogOf(name).Find(taken.Snapshot.Id) with { Warnings = TextValues.Of(taken.Scan.Warnings.Select(warning => $"{warning.Path}: {warning.Message}")) };
        }

        await new ObjectCleanup(_store).CollectIfDueAsync(cancellationToken).ConfigureAwait(false);
        return info;
    }

    /// <summary>Reads everything that a restore would need, and verifies its checksums. Changes nothing.</summary>
    /// <param name="collection">The collection, or null for the active one.</param>
    /// <param name="snapshotId">The id of the snapshot.</param>
    /// <param name="cancellationToken">Cancels the verification.</param>
    /// <returns>The result.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>, <see cref="ErrorIds.SnapshotNotFound"/>.</exception>
    /// <exception cref="StorageException">The folder of snapshots cannot be read.</exception>
    public Task<SnapshotCheck> VerifyAsync(string? collection, string snapshotId, CancellationToken cancellationToken = default)
    {
        Known(collection);
        return Task.Run(() => _store.Storage.ReadAsOne(() => Verify(Known(collection), snapshotId, cancellationToken)), cancellationToken);
    }

    /// <summary>Restores a collection to a snapshot, byte for byte, after taking a snapshot of its current state. Everything is verified first, and only differences are written.</summary>
    /// <remarks>If the manifest has a name from before a rename of the collection as its title, that becomes the name of now, because Python SkillMeat saves a collection in the folder that its title names.</remarks>
    /// <param name="collection">The collection, or null for the active one. It need not exist any more.</param>
    /// <param name="snapshotId">The id of the snapshot.</param>
    /// <param name="artifacts">The names, or <c>type:name</c>, of the artifacts to restore, with their files and their entries in manifest and lock file. Empty for the whole collection.</param>
    /// <param name="lockTimeout">The maximum time to wait for another process that changes the collection.</param>
    /// <param name="cancellationToken">Cancels the wait, and a change before its point of no return.</param>
    /// <returns>The result.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.CollectionNotFound"/>, <see cref="ErrorIds.SnapshotNotFound"/>. <see cref="ErrorIds.ArtifactNotFound"/>: the snapshot has no such artifact.
    /// <see cref="ErrorIds.InvalidArgument"/>: artifacts were named, but the snapshot contains no files.
    /// </exception>
    /// <exception cref="DataFileException"><see cref="ErrorIds.SnapshotCorrupt"/>, <see cref="ErrorIds.ArchiveRefused"/>: the snapshot is damaged or malicious. Nothing was changed.</exception>
    /// <exception cref="LockTimeoutException">Another process holds the lock of the collection. Nothing was changed.</exception>
    /// <exception cref="StorageException">The files could not be written. The message names the snapshot of the previous state.</exception>
    public async Task<RestoreResult> RestoreAsync(
        string? collection, string snapshotId, IReadOnlyCollection<string> artifacts, TimeSpan lockTimeout, CancellationToken cancellationToken = default)
    {
        var name = Known(collection);
        // A missing or unreadable snapshot fails before waiting for the lock.
        var (snapshots, state) = Read(name, snapshotId, artifacts);
        using var held = await LockAsync(name, lockTimeout, cancellationToken).ConfigureAwait(false);
        if (state is not null)
        {
            return new ManifestRestoration(_store, name).Restore(held, state, cancellationToken);
        }

        // Checked again: it may have been removed while waiting for the lock. Under the lock, nothing that it needs is removed.
        CatalogOf(name).StoreOf(snapshotId);
        var tree = ReadTree(snapshots, snapshotId, cancellationToken);
        return new TreeRestoration(_store, name).Restore(
            held, snapshotId, artifacts, now => artifacts.Count == 0 ? tree : new ArtifactSelection(_store, name, snapshotId).Merge(now, tree, artifacts), cancellationToken);
    }

    /// <summary>Plans a restore: finds what <see cref="RestoreAsync"/> would change now. Changes nothing.</summary>
    /// <param name="collection">The collection, or null for the active one. It need not exist any more.</param>
    /// <param name="snapshotId">The id of the snapshot.</param>
    /// <param name="artifacts">The names, or <c>type:name</c>, of the artifacts. Empty for the whole collection.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The result as a restore would have it, without a snapshot of the present state.</returns>
    /// <exception cref="SkillMeatException">As for <see cref="RestoreAsync"/>.</exception>
    public RestoreResult PlanRestore(string? collection, string snapshotId, IReadOnlyCollection<string> artifacts, CancellationToken cancellationToken = default) => _store.Storage.ReadAsOne(() =>
    {
        var name = Known(collection);
        var (snapshots, state) = Read(name, snapshotId, artifacts);
        if (state is not null) return new ManifestRestoration(_store, name).PlanRestore(state);
        return ConcurrentChanges.Retry(
            () =>
            {
                var tree = ReadTree(snapshots, snapshotId, cancellationToken);
                return new TreeRestoration(_store, name).PlanRestore(
                    snapshotId, now => artifacts.Count == 0 ? tree : new ArtifactSelection(_store, name, snapshotId).Merge(now, tree, artifacts), cancellationToken);
            },
            cancellationToken);
    });

    /// <summary>Removes snapshots in one transaction. This cannot be undone.</summary>
    /// <param name="collection">The collection, or null for the active one.</param>
    /// <param name="snapshotIds">The ids of the snapshots. Unknown ids are ignored.</param>
    /// <param name="lockTimeout">The maximum time to wait for another process that changes the collection.</param>
    /// <param name="cancellationToken">Cancels the wait, and a change before its point of no return.</param>
    /// <returns>A task that completes when they are removed.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>.</exception>
    /// <exception cref="LockTimeoutException">Another process holds the lock of the collection. Nothing was removed.</exception>
    /// <exception cref="StorageException">The files could not be removed.</exception>
    public Task RemoveAsync(string? collection, IReadOnlyCollection<string> snapshotIds, TimeSpan lockTimeout, CancellationToken cancellationToken = default) =>
        RemoveUnchangedAsync(collection, snapshotIds, lockTimeout, expects: null, cancellationToken);

    /// <summary>Removes snapshots in one transaction, if all of them are still as the caller saw them. This cannot be undone.</summary>
    /// <param name="collection">The collection, or null for the active one.</param>
    /// <param name="snapshotIds">The ids of the snapshots.</param>
    /// <param name="lockTimeout">The maximum time to wait for another process that changes the collection.</param>
    /// <param name="expects">Checks each snapshot under the lock; null to check none, and to ignore unknown ids.</param>
    /// <param name="cancellationToken">Cancels the wait, and a change before its point of no return.</param>
    /// <returns>A task that completes when they are removed.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.CollectionNotFound"/>, <see cref="ErrorIds.SnapshotNotFound"/>; <see cref="ErrorIds.StaleEdit"/>: a snapshot is not the expected one. Nothing was removed.
    /// </exception>
    /// <exception cref="LockTimeoutException">Another process holds the lock of the collection. Nothing was removed.</exception>
    /// <exception cref="StorageException">The files could not be removed.</exception>
    public async Task RemoveUnchangedAsync(
        string? collection, IReadOnlyCollection<string> snapshotIds, TimeSpan lockTimeout, Predicate<SnapshotInfo>? expects, CancellationToken cancellationToken = default)
    {
        var name = Known(collection);
        using (var held = await LockAsync(name, lockTimeout, cancellationToken).ConfigureAwait(false))
        {
            if (expects is not null && snapshotIds.FirstOrDefault(id => !expects(CatalogOf(name).Find(id))) is { } stale)
            {
                throw new SkillMeatException(ErrorIds.StaleEdit, $"Snapshot {stale} of collection '{name}' is not as it was read, so nothing was removed. Look at it again, and repeat the removal.");
            }

            var change = _store.Storage.Begin(held);
            CatalogOf(name).Remove(change, snapshotIds);
            change.Commit(cancellationToken);
        }

        await new ObjectCleanup(_store).TryCollectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds the snapshots that a cleanup of old ones would remove. Removes nothing.</summary>
    /// <param name="collection">The collection, or null for the active one.</param>
    /// <param name="keepLast">The number of the newest snapshots to keep in any case, or null for none.</param>
    /// <param name="olderThan">The minimum age of the snapshots to remove, or null for any age.</param>
    /// <returns>The snapshots to remove, newest first. Manual ones are never included.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>; <see cref="ErrorIds.InvalidArgument"/>: a number is negative.</exception>
    public IReadOnlyList<SnapshotInfo> FindOld(string? collection, int? keepLast, TimeSpan? olderThan)
    {
        if (keepLast is < 0 || olderThan < TimeSpan.Zero)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, "The number of snapshots to keep and their age cannot be negative.");
        }

        var name = Known(collection);
        var all = CatalogOf(name).List(0, int.MaxValue, _ => true).Snapshots;
        var now = _store.Time.GetUtcNow();
        var latest = olderThan is not { } age ? DateTimeOffset.MaxValue : age < now - DateTimeOffset.MinValue ? now - age : DateTimeOffset.MinValue;
        // The kind of a damaged snapshot is unknown, so it might be a manual one.
        return [.. all.Where(snapshot => snapshot.Kind.Length > 0 && !SnapshotKind.IsKept(snapshot.Kind)).Skip(keepLast ?? 0).Where(snapshot => snapshot.CreatedAt < latest)];
    }

    /// <summary>Exports a snapshot as a tarball that Python SkillMeat can restore.</summary>
    /// <param name="collection">The collection, or null for the active one.</param>
    /// <param name="snapshotId">The id of the snapshot.</param>
    /// <param name="path">The new file, or null to put it into the home and list it for Python SkillMeat.</param>
    /// <param name="overwrite">Whether to replace an existing file, once the new one is complete. A file in the home is never replaced.</param>
    /// <param name="lockTimeout">The maximum time to wait for another process that changes the collection.</param>
    /// <param name="cancellationToken">Cancels the export. No file is left then.</param>
    /// <returns>The tarball, which has been read back and compared.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.CollectionNotFound"/>, <see cref="ErrorIds.SnapshotNotFound"/>. <see cref="ErrorIds.InvalidArgument"/>: it is a snapshot of manifest and lock file only, or the
    /// file already exists and may not be replaced.
    /// </exception>
    /// <exception cref="DataFileException"><see cref="ErrorIds.SnapshotCorrupt"/>: the snapshot is damaged. No file was written.</exception>
    /// <exception cref="StorageException">The file cannot be written.</exception>
    public async Task<SnapshotExport> ExportAsync(string? collection, string snapshotId, string? path, bool overwrite, TimeSpan lockTimeout, CancellationToken cancellationToken = default)
    {
        var name = Known(collection);
        // A missing snapshot fails before waiting for the lock.
        CatalogOf(name).StoreOf(snapshotId);
        using var held = await LockAsync(name, lockTimeout, cancellationToken).ConfigureAwait(false);
        return new SnapshotExporter(_store, name).Export(held, snapshotId, path, overwrite, cancellationToken);
    }

    private (ISnapshotStore Snapshots, ManifestSnapshot? State) Read(string name, string snapshotId, IReadOnlyCollection<string> artifacts)
    {
        var snapshots = CatalogOf(name).StoreOf(snapshotId);
        var state = (snapshots as ManifestSnapshotStore)?.Read(snapshotId);
        return state is null || artifacts.Count == 0 ? (snapshots, state)
            : throw new SkillMeatException(ErrorIds.InvalidArgument, $"Snapshot '{snapshotId}' contains only manifest and lock file, so single artifacts cannot be restored from it. Restore the whole snapshot instead.");
    }

    private ObjectId ReadTree(ISnapshotStore snapshots, string snapshotId, CancellationToken cancellationToken) => snapshots switch
    {
        TreeSnapshotStore trees => trees.Read(snapshotId).Tree,
        TarballStore tarballs => new TarballImport(_store.Objects).Read(tarballs.PathOf(snapshotId), cancellationToken),
        _ => throw new InvalidOperationException($"{snapshots} holds no trees"),
    };

    private SnapshotCheck Verify(string name, string snapshotId, CancellationToken cancellationToken)
    {
        var snapshots = CatalogOf(name).StoreOf(snapshotId);
        try
        {
            switch (snapshots)
            {
                case TreeSnapshotStore trees:
                    var report = new ObjectVerifier(_store.Objects).VerifyTrees([(name, trees.Read(snapshotId).Tree)], cancellationToken);
                    return new SnapshotCheck(snapshotId, name, report.Objects, report.Bytes, TextValues.Of(report.Problems.Select(problem => $"{problem.Path}: {problem.Message}")));
                case TarballStore tarballs:
                    return new TarballCheck(tarballs.PathOf(snapshotId)).Run(snapshotId, name, cancellationToken);
                default:
                    var state = ((ManifestSnapshotStore)snapshots).Read(snapshotId);
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
