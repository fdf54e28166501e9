using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Scanning;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Snapshots;

/// <summary>Takes snapshots of a collection's folder. To be used under the collection's lock, which also keeps the collector of unneeded objects away.</summary>
internal sealed class SnapshotTaker(CollectionStore store, string collection)
{
    /// <summary>Stores the folder as it is, and adds a snapshot of it to a change.</summary>
    /// <param name="change">The snapshot is there when this is committed.</param>
    /// <param name="kind">One of <see cref="SnapshotKind"/>.</param>
    /// <param name="message">What is about to happen.</param>
    /// <param name="artifactCount">How many artifacts the manifest lists.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    /// <exception cref="StorageException">Something can't be read or written.</exception>
    public TakenSnapshot Take(Transaction change, string kind, string message, int artifactCount, CancellationToken cancellationToken) =>
        Add(change, kind, message, artifactCount, Scan(cancellationToken));

    /// <summary>Stores the folder as it is.</summary>
    /// <exception cref="StorageException">Something can't be read or written.</exception>
    public StoredFolder Scan(CancellationToken cancellationToken) => store.Objects.Store(store.Layout.CollectionFolder(collection), store.Time, cancellationToken);

    /// <summary>Adds a snapshot of a folder that is stored to a change.</summary>
    /// <param name="change">The snapshot is there when this is committed.</param>
    /// <param name="kind">One of <see cref="SnapshotKind"/>.</param>
    /// <param name="message">What is about to happen.</param>
    /// <param name="artifactCount">How many artifacts the manifest lists.</param>
    /// <param name="folder">The collection's folder.</param>
    public TakenSnapshot Add(Transaction change, string kind, string message, int artifactCount, StoredFolder folder)
    {
        var catalog = new SnapshotCatalog(store, collection);
        var now = store.Time.GetUtcNow();
        var snapshot = new TreeSnapshot(catalog.NewId(now), kind, message, collection, now, artifactCount, folder.AddedBytes, folder.Scan.Size, folder.Scan.Id);
        catalog.Trees.Add(change, snapshot);
        return new TakenSnapshot(snapshot, folder.Scan);
    }
}
