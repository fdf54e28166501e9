using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Objects.Scanning;

namespace SkillMeat.Snapshots;

/// <summary>Takes snapshots of a collection's folder. To be used under the collection's lock, which also keeps the collector of unneeded objects away.</summary>
internal sealed class SnapshotTaker(CollectionStore store, string collection)
{
    private readonly TreeScanner _scanner = new(store.Objects, store.Time);

    /// <summary>Stores the folder as it is, and adds a snapshot of it to a change.</summary>
    /// <param name="change">The snapshot is there when this is committed.</param>
    /// <param name="kind">One of <see cref="SnapshotKind"/>.</param>
    /// <param name="message">What is about to happen.</param>
    /// <param name="artifactCount">How many artifacts the manifest lists.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    /// <exception cref="StorageException">Something can't be read or written.</exception>
    public TakenSnapshot Take(Transaction change, string kind, string message, int artifactCount, CancellationToken cancellationToken)
    {
        var scan = Scan(out var addedBytes, cancellationToken);
        var catalog = new SnapshotCatalog(store, collection);
        var now = store.Time.GetUtcNow();
        var snapshot = new TreeSnapshot(catalog.NewId(now), kind, message, collection, now, artifactCount, addedBytes, scan.Id);
        catalog.Trees.Add(change, snapshot);
        return new TakenSnapshot(snapshot, scan);
    }

    /// <summary>Stores the folder as it is.</summary>
    /// <exception cref="StorageException">Something can't be read or written.</exception>
    public TreeScan Scan(CancellationToken cancellationToken) => Scan(out _, cancellationToken);

    private TreeScan Scan(out long addedBytes, CancellationToken cancellationToken)
    {
        using var writer = store.Objects.BeginWrite();
        var scan = _scanner.Scan(writer, store.Layout.CollectionFolder(collection), cancellationToken);
        writer.Commit();
        addedBytes = writer.BytesWritten;
        return scan;
    }
}
