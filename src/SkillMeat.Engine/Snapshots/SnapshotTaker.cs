using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Scanning;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Snapshots;

/// <summary>Takes snapshots of the folder of a collection. The lock of the collection must be held, which also keeps the collector of unneeded objects away.</summary>
internal sealed class SnapshotTaker(CollectionStore store, string collection)
{
    /// <summary>Stores the current folder, and adds a snapshot of it to a transaction.</summary>
    /// <param name="change">The transaction that writes the snapshot.</param>
    /// <param name="kind">The kind, one of <see cref="SnapshotKind"/>.</param>
    /// <param name="message">The message.</param>
    /// <param name="artifactCount">The number of artifacts in the manifest.</param>
    /// <param name="cancellationToken">Cancels the scan.</param>
    /// <exception cref="StorageException">The folder cannot be read, or the objects cannot be written.</exception>
    public TakenSnapshot Take(Transaction change, string kind, string message, int artifactCount, CancellationToken cancellationToken) =>
        Add(change, kind, message, artifactCount, Scan(cancellationToken));

    /// <summary>Stores the current folder.</summary>
    /// <exception cref="StorageException">The folder cannot be read, or the objects cannot be written.</exception>
    public StoredFolder Scan(CancellationToken cancellationToken) => store.Objects.Store(store.Layout.CollectionFolder(collection), store.Time, cancellationToken);

    /// <summary>Adds a snapshot of a stored folder to a transaction.</summary>
    /// <param name="change">The transaction that writes the snapshot.</param>
    /// <param name="kind">The kind, one of <see cref="SnapshotKind"/>.</param>
    /// <param name="message">The message.</param>
    /// <param name="artifactCount">The number of artifacts in the manifest.</param>
    /// <param name="folder">The stored folder.</param>
    public TakenSnapshot Add(Transaction change, string kind, string message, int artifactCount, StoredFolder folder)
    {
        var catalog = new SnapshotCatalog(store, collection);
        var now = store.Time.GetUtcNow();
        var snapshot = new TreeSnapshot(catalog.NewId(now), kind, message, collection, now, artifactCount, folder.AddedBytes, folder.Scan.Size, folder.Scan.Id);
        catalog.Trees.Add(change, snapshot);
        return new TakenSnapshot(snapshot, folder.Scan);
    }

    /// <summary>Adds a snapshot of manifest and lock file to a change.</summary>
    /// <param name="change">The snapshot is there when this is committed.</param>
    /// <param name="kind">One of <see cref="SnapshotKind"/>.</param>
    /// <param name="message">The message, such as the operation that follows.</param>
    /// <param name="artifactCount">The number of artifacts in the manifest.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="lockFile">The lock file; null where there is none.</param>
    /// <returns>Its id.</returns>
    public string Add(Transaction change, string kind, string message, int artifactCount, byte[] manifest, byte[]? lockFile)
    {
        var catalog = new SnapshotCatalog(store, collection);
        var now = store.Time.GetUtcNow();
        var snapshot = new ManifestSnapshot(catalog.NewId(now), kind, message, collection, now, artifactCount, manifest, lockFile);
        catalog.Manifests.Add(change, snapshot);
        return snapshot.Id;
    }
}
