using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Folders;
using SkillMeat.Storage.Objects;
using SkillMeat.Storage.Objects.Maintenance;
using SkillMeat.Storage.Objects.Trees;

namespace SkillMeat.Snapshots.Restoring;

/// <summary>
/// Puts a collection's folder back to a stored tree: everything that the tree needs is verified, what is there now is kept in a snapshot, what differs is staged beside and
/// swapped in one transaction, and the folder is read back and compared.
/// </summary>
internal sealed class TreeRestoration(CollectionStore store, string collection)
{
    private const int MostAttempts = 5;

    private readonly string _folder = store.Layout.CollectionFolder(collection);
    private readonly SnapshotTaker _taker = new(store, collection);

    /// <summary>Sees to it that everything a tree needs can be read.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.SnapshotCorrupt"/>.</exception>
    public void Verify(string snapshotId, ObjectId tree, CancellationToken cancellationToken)
    {
        var report = new ObjectVerifier(store.Objects).VerifyTrees([(collection, tree)], cancellationToken);
        if (report.Problems is [var first, ..])
        {
            var more = report.Problems.Count == 1 ? "" : $" and {report.Problems.Count - 1} more problem(s)";
            throw new DataFileException(ErrorIds.SnapshotCorrupt, store.Objects.Folder.Path, 0, 0, $"snapshot {snapshotId} can't be restored, so nothing was changed: {first.Path}: {first.Message}{more}");
        }
    }

    /// <summary>Restores under the collection's lock. The tree was verified.</summary>
    /// <param name="held">The lock.</param>
    /// <param name="snapshotId">What the tree is called in messages.</param>
    /// <param name="wanted">Makes the wanted folder of the one that is there; null where there is none.</param>
    /// <param name="cancellationToken">Stops; a change that has begun is finished or taken back.</param>
    public RollbackResult Restore(HomeLock held, string snapshotId, Func<ObjectId?, ObjectId> wanted, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return RestoreOnce(held, snapshotId, wanted, cancellationToken);
            }
            catch (StorageException e) when (e.ErrorId == ErrorIds.ConcurrentChange && attempt < MostAttempts)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private RollbackResult RestoreOnce(HomeLock held, string snapshotId, Func<ObjectId?, ObjectId> choose, CancellationToken cancellationToken)
    {
        var change = store.Storage.Begin(held);
        var taken = Directory.Exists(_folder)
            ? _taker.Take(change, SnapshotKind.BeforeRestore, $"Before restore of {snapshotId}", new ManifestCounter(store, collection).Count(), cancellationToken)
            : null;
        var before = taken?.Scan.Id;
        var wanted = choose(before);
        if (before == wanted)
        {
            return new RollbackResult(collection, snapshotId, SafetySnapshotId: null, taken!.Snapshot.ArtifactCount, []) { IsUnchanged = true };
        }

        var changes = Plan(before, wanted);
        Swap(change, changes, before, snapshotId, taken?.Snapshot.Id, cancellationToken);
        IEnumerable<string> warnings =
        [
            .. ReadBack(change, wanted, cancellationToken),
            .. taken?.Scan.Warnings.Select(warning => $"{warning.Path}: {warning.Message}") ?? [],
            .. change.Kept.Select(kept => $"Another program wrote to a folder while it was replaced; what it wrote is kept in {kept}."),
        ];
        return new RollbackResult(collection, snapshotId, taken?.Snapshot.Id, new ManifestCounter(store, collection).Count(), TextValues.Of(warnings))
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

    private void Swap(Transaction change, IReadOnlyList<FolderChange> changes, ObjectId? before, string snapshotId, string? safetyId, CancellationToken cancellationToken)
    {
        var changer = new FolderChanger(store.Objects, _folder);
        var expected = changer.Observe(changes);
        // What was observed belongs to what was scanned only if that is still so.
        if (before is not null && _taker.Scan(cancellationToken).Scan.Id != before)
        {
            throw new StorageException(ErrorIds.ConcurrentChange, _folder, $"{_folder} was changed by another program meanwhile; nothing was changed, try again");
        }

        if (before is null)
        {
            change.CreateFolder(store.Layout.CollectionsFolder);
        }

        changer.AddTo(change, changes, expected);
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
    private IReadOnlyList<string> ReadBack(Transaction change, ObjectId wanted, CancellationToken cancellationToken)
    {
        // What could not be removed yet is beside the files.
        if (change.CleanupProblem is { } problem) return [$"The collection was restored, but not read back: {problem.Message}. What is left goes with the next change."];
        try
        {
            CheckSame(wanted, _taker.Scan(cancellationToken).Scan.Id, cancellationToken);
            return [];
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.StorageFailed)
        {
            return [$"The collection was restored, but not read back: {e.Message}."];
        }
    }

    // A file system without permissions can't bring them back, and that is no reason to call what is there wrong.
    private void CheckSame(ObjectId wanted, ObjectId after, CancellationToken cancellationToken)
    {
        if (after == wanted)
        {
            return;
        }

        var differing = new TreeDiff(store.Objects).Compare(wanted, after, cancellationToken).FirstOrDefault(change => change.Before?.Kind != change.After?.Kind || change.Before?.Id != change.After?.Id);
        if (differing is not null)
        {
            var path = Path.Combine(_folder, differing.Path);
            throw new StorageException(ErrorIds.ConcurrentChange, path, $"{path}: another program changed the collection right after the restore; restore again.");
        }
    }

    private static TreeEntry EntryOf(ObjectId tree) => new("", TreeEntryKind.Folder, tree, 0);
}
