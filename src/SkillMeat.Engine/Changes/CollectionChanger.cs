using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Folders;
using SkillMeat.Snapshots;
using SkillMeat.Storage.Journal;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Changes;

/// <summary>Changes one or more collections in one transaction: files, manifests, lock files and snapshots change together or not at all.</summary>
internal sealed class CollectionChanger(CollectionStore store)
{
    /// <summary>Commits the changes.</summary>
    /// <param name="held">The locks of all the collections.</param>
    /// <param name="changes">The changes, one for each collection.</param>
    /// <param name="cancellationToken">Cancels the change. One that has reached its point of no return is finished.</param>
    /// <param name="addOthers">Adds changes elsewhere to the same transaction, such as in projects; null for none.</param>
    /// <returns>The ids of the snapshots taken, by collection, and warnings for the user.</returns>
    /// <exception cref="StorageException"><see cref="ErrorIds.ConcurrentChange"/>: another program changed a file meanwhile. Or a file operation failed. Nothing was changed.</exception>
    public (IReadOnlyDictionary<string, string> SnapshotIds, IReadOnlyList<string> Warnings) Commit(
        HomeLock held, IReadOnlyList<CollectionChange> changes, CancellationToken cancellationToken, Action<Transaction>? addOthers = null)
    {
        var transaction = store.Storage.Begin(held);
        var snapshotIds = new Dictionary<string, string>(StringComparer.Ordinal);
        var keep = changes.Any(change => change.SnapshotKind is not null) ? store.ReadConfig().KeptSnapshots : 0;
        var indexes = new List<Func<bool>>();
        foreach (var change in changes)
        {
            if (change.SharedSnapshotId is { } shared) snapshotIds.Add(change.Collection, shared);
            else if (change.SnapshotKind is { } kind) snapshotIds.Add(change.Collection, AddSnapshot(transaction, change, kind, keep));
            indexes.Add(Add(transaction, change, cancellationToken));
        }

        addOthers?.Invoke(transaction);
        Commit(transaction, changes, snapshotIds, cancellationToken);
        foreach (var index in indexes) index();
        return (snapshotIds, [.. transaction.Warnings]);
    }

    private void Commit(Transaction transaction, IReadOnlyList<CollectionChange> changes, IReadOnlyDictionary<string, string> snapshotIds, CancellationToken cancellationToken)
    {
        try
        {
            transaction.Commit(cancellationToken);
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.StorageFailed && changes.FirstOrDefault(change => IsSnapshotPath(change, e.Path)) is { } change)
        {
            throw SnapshotErrors.NotTaken(e, change.Collection);
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.RecoveryPending)
        {
            throw SnapshotErrors.NotRolledBack(e, [.. snapshotIds.Select(taken => new WayBack(taken.Key, taken.Value, IsBefore: true))]);
        }
    }

    // The parent folder counts too, because the first snapshot creates it.
    private bool IsSnapshotPath(CollectionChange change, string path)
    {
        var folder = store.Layout.SnapshotsFolder(change.Collection);
        return change.SnapshotKind is not null && (path == Path.GetDirectoryName(folder) || path == folder || path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }

    private string AddSnapshot(Transaction transaction, CollectionChange change, string kind, int keep)
    {
        var catalog = new SnapshotCatalog(store, change.Collection);
        catalog.MakeRoom(transaction, keep);
        var count = change.Files.ArtifactCount;
        var taker = new SnapshotTaker(store, change.Collection);
        return change.Before is { } folder
            ? taker.Add(transaction, kind, change.Message, count, folder).Snapshot.Id
            : taker.Add(transaction, kind, change.Message, count, change.Files.ManifestBytes, change.Files.LockBytes);
    }

    // Returns the action that updates the index of the files, after the commit.
    private Func<bool> Add(Transaction transaction, CollectionChange change, CancellationToken cancellationToken)
    {
        var name = change.Collection;
        foreach (var needed in change.NewFolders) transaction.CreateFolder(Path.Combine(store.Layout.CollectionFolder(name), needed));
        new FolderChanger(store.Objects, store.Time, store.Layout.CollectionFolder(name)).AddTo(transaction, change.Folder, cancellationToken);
        var (manifest, lockFile, editedIds) = change.Files.Render();
        var parts = new EditGuard(change.Files, store.Layout.Manifest(name)).Check(manifest, change.Expected, editedIds, change.Lists);
        WriteIfChanged(transaction, store.Layout.Manifest(name), change.Files.ManifestBytes, change.Files.ManifestBytes, manifest);
        WriteIfChanged(transaction, store.Layout.LockFile(name), change.Files.LockBytes, change.Files.LockBytes ?? LockFile.CreateNew(), lockFile);
        if (change.Bases is { } bases) new MergeBaseStore(store, name).Write(transaction, bases);
        var entries = change.Files.LockParts;
        return () => UpdateIndex(name, manifest, lockFile, parts, entries);
    }

    // Without an index, the next command only takes longer. It must not be written for files that cannot be read.
    private bool UpdateIndex(string collection, byte[] manifest, byte[] lockFile, ManifestParts? parts, LockParts? before)
    {
        if (!PartsIndex.IsWorthwhile(manifest)) return false;
        try
        {
            var entries = before is null ? LockParts.TryRead(lockFile, store.Layout.LockFile(collection)) : before.TryReadEdited(lockFile);
            return entries is not null && parts?.WithAllRead() is { } readable && new PartsIndex(store.Objects.Disk, store.Layout, collection).TryWrite(manifest, lockFile, readable, entries);
        }
        catch (DataFileException)
        {
            return false;
        }
    }

    private static void WriteIfChanged(Transaction transaction, string path, byte[]? found, byte[] before, byte[] after)
    {
        if (!before.AsSpan().SequenceEqual(after)) transaction.Write(path, after, FileExpectation.Of(found));
    }
}
