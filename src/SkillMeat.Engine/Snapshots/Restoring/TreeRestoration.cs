using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Maintenance;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;
using SkillMeat.Storage.Journal;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Snapshots.Restoring;

/// <summary>
/// Puts a collection's folder back to a stored tree: everything that the tree needs is verified, what is there now is kept in a snapshot, what differs is staged beside and
/// swapped in one transaction, and the folder is read back and compared.
/// </summary>
internal sealed class TreeRestoration(CollectionStore store, string collection)
{
    private readonly string _folder = store.Layout.CollectionFolder(collection);
    private readonly SnapshotTaker _taker = new(store, collection);

    /// <summary>Sees to it that everything can be read that a tree needs and that is not there already.</summary>
    /// <param name="snapshotId">What the tree is called in messages.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="there">What the collection's folder holds, which a scan has just read or found as it was; null for nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DataFileException"><see cref="ErrorIds.SnapshotCorrupt"/>.</exception>
    public void Verify(string snapshotId, ObjectId tree, ObjectId? there, CancellationToken cancellationToken)
    {
        var report = new ObjectVerifier(store.Objects).VerifyTree(collection, tree, there, cancellationToken);
        if (report.Problems is [var first, ..])
        {
            var more = report.Problems.Count == 1 ? "" : $" and {report.Problems.Count - 1} more problem(s)";
            throw new DataFileException(ErrorIds.SnapshotCorrupt, store.Objects.Folder.Path, 0, 0, $"snapshot {snapshotId} can't be restored, so nothing was changed: {first.Path}: {first.Message}{more}");
        }
    }

    /// <summary>Restores under the collection's lock.</summary>
    /// <param name="held">The lock.</param>
    /// <param name="snapshotId">What the tree is called in messages.</param>
    /// <param name="wanted">Makes the wanted folder of the one that is there; null where there is none.</param>
    /// <param name="cancellationToken">Stops; a change that has begun is finished or taken back.</param>
    public RestoreResult Restore(HomeLock held, string snapshotId, Func<ObjectId?, ObjectId> wanted, CancellationToken cancellationToken) =>
        ConcurrentChanges.Retry(() => RestoreOnce(held, snapshotId, wanted, cancellationToken), cancellationToken);

    private RestoreResult RestoreOnce(HomeLock held, string snapshotId, Func<ObjectId?, ObjectId> choose, CancellationToken cancellationToken)
    {
        var change = store.Storage.Begin(held);
        var taken = Directory.Exists(_folder)
            ? _taker.Take(change, SnapshotKind.BeforeRestore, $"Before restore of {snapshotId}", new ManifestCounter(store, collection).Count(), cancellationToken)
            : null;
        var before = taken?.Scan.Id;
        var wanted = choose(before);
        if (before == wanted)
        {
            return new RestoreResult(collection, snapshotId, SafetySnapshotId: null, taken!.Snapshot.ArtifactCount, []) { IsUnchanged = true };
        }

        Verify(snapshotId, wanted, before, cancellationToken);
        var changes = Plan(before, wanted);
        var changer = new FolderChanger(store.Objects, store.Time, _folder);
        changer.AddTo(change, changes, cancellationToken);
        if (before is null)
        {
            change.CreateFolder(store.Layout.CollectionsFolder);
        }

        Commit(change, snapshotId, taken?.Snapshot.Id, cancellationToken);
        IEnumerable<string> warnings =
        [
            .. ReadBack(changer, changes, cancellationToken),
            .. taken?.Scan.Warnings.Select(warning => $"{warning.Path}: {warning.Message}") ?? [],
            .. change.Kept.Select(kept => $"Another program wrote to a folder while it was replaced; what it wrote is kept in {kept}."),
        ];
        return new RestoreResult(collection, snapshotId, taken?.Snapshot.Id, new ManifestCounter(store, collection).Count(), TextValues.Of(warnings))
        {
            ChangedPaths = TextValues.Of(changes.Select(one => one.Path.Length == 0 ? "." : one.Path)),
        };
    }

    private IReadOnlyList<FolderChange> Plan(ObjectId? before, ObjectId wanted)
    {
        var now = before is { } id ? EntryOf(id) : null;
        var after = EntryOf(wanted);
        return new FolderChangePlanner(store.Objects).Plan("", now, after) ?? [new FolderChange("", now, after)];
    }

    private static void Commit(Transaction change, string snapshotId, string? safetyId, CancellationToken cancellationToken)
    {
        try
        {
            change.Commit(cancellationToken);
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.RecoveryPending)
        {
            var safety = safetyId is null ? "" : $"; what was there before is snapshot {safetyId}";
            throw new StorageException(e.ErrorId, e.Path, $"The restore of snapshot {snapshotId} is stuck half-way: {e.Message}. Both states are kept{safety}", e);
        }
    }

    /// <summary>Compares what is there now with what shall be there. It is restored in any case, so what keeps it from being compared is a warning.</summary>
    private static IReadOnlyList<string> ReadBack(FolderChanger changer, IReadOnlyList<FolderChange> changes, CancellationToken cancellationToken)
    {
        try
        {
            changer.VerifyApplied(changes, cancellationToken);
            return [];
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.StorageFailed)
        {
            return [$"The collection was restored, but not read back: {e.Message}."];
        }
    }

    private static TreeEntry EntryOf(ObjectId tree) => new("", TreeEntryKind.Folder, tree, 0);
}
