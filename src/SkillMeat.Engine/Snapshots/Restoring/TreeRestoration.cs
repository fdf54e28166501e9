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
/// Restores the folder of a collection to a stored tree: verifies everything that the tree needs, takes a snapshot of the current state, stages the differences, swaps
/// them in one transaction, and reads the folder back and compares it.
/// </summary>
internal sealed class TreeRestoration(CollectionStore store, string collection)
{
    private readonly string _folder = store.Layout.CollectionFolder(collection);
    private readonly SnapshotTaker _taker = new(store, collection);

    /// <summary>Verifies that all objects that a tree needs, and that are not in the folder already, can be read.</summary>
    /// <param name="snapshotId">The name of the tree in messages.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="there">The tree of the folder according to a scan just made, or null if there is none.</param>
    /// <param name="cancellationToken">Cancels the verification.</param>
    /// <exception cref="DataFileException"><see cref="ErrorIds.SnapshotCorrupt"/>.</exception>
    public void Verify(string snapshotId, ObjectId tree, ObjectId? there, CancellationToken cancellationToken)
    {
        var report = new ObjectVerifier(store.Objects).VerifyTree(collection, tree, there, cancellationToken);
        if (report.Problems is [var first, ..])
        {
            var more = report.Problems.Count == 1 ? "" : $" and {report.Problems.Count - 1} more problem(s)";
            throw new DataFileException(ErrorIds.SnapshotCorrupt, store.Objects.Folder.Path, 0, 0, $"snapshot {snapshotId} cannot be restored, so nothing was changed: {first.Path}: {first.Message}{more}");
        }
    }

    /// <summary>Restores a tree. The lock of the collection must be held.</summary>
    /// <param name="held">The lock.</param>
    /// <param name="snapshotId">The name of the tree in messages.</param>
    /// <param name="artifacts">The names of the artifacts to restore; empty for the whole collection.</param>
    /// <param name="choose">Returns the wanted tree for the current one, which is null if the folder does not exist.</param>
    /// <param name="cancellationToken">Cancels the change. One that has reached its point of no return is finished.</param>
    public RestoreResult Restore(HomeLock held, string snapshotId, IReadOnlyCollection<string> artifacts, Func<ObjectId?, ObjectId> choose, CancellationToken cancellationToken)
    {
        var target = new WayBack(collection, snapshotId, IsBefore: false) { Artifacts = [.. artifacts] };
        TreeRestored restored;
        try
        {
            restored = ConcurrentChanges.Retry(() => RestoreOnce(held, target, choose, cancellationToken), cancellationToken);
        }
        catch (StorageException e) when (e.ErrorId is ErrorIds.StorageFailed or ErrorIds.ConcurrentChange)
        {
            throw SnapshotErrors.NotRestored(e, target);
        }

        try
        {
            return Conclude(restored, snapshotId, cancellationToken);
        }
        catch (StorageException e) when (e.ErrorId is ErrorIds.StorageFailed or ErrorIds.ConcurrentChange)
        {
            throw SnapshotErrors.RestoreNotVerified(e, target, BeforeIn(restored.Taken));
        }
    }

    /// <summary>Plans a restore. Changes nothing in the collection.</summary>
    /// <inheritdoc cref="Restore"/>
    public RestoreResult PlanRestore(string snapshotId, Func<ObjectId?, ObjectId> choose, CancellationToken cancellationToken)
    {
        var before = Directory.Exists(_folder) ? _taker.Scan(cancellationToken).Scan.Id : (ObjectId?)null;
        var wanted = choose(before);
        var restored = Read(wanted);
        var artifactCount = restored?.Manifest.Count ?? 0;
        if (before == wanted) return new RestoreResult(collection, snapshotId, SafetySnapshotId: null, artifactCount, []) { IsUnchanged = true };
        Verify(snapshotId, wanted, before, cancellationToken);
        var changes = Plan(before, wanted);
        return new RestoreResult(collection, snapshotId, SafetySnapshotId: null, artifactCount, [])
        {
            ChangedPaths = PathsOf(changes),
            ChangedArtifacts = FindDiffering(before, wanted, restored, changes),
        };
    }

    private TreeRestored RestoreOnce(HomeLock held, WayBack target, Func<ObjectId?, ObjectId> choose, CancellationToken cancellationToken)
    {
        var snapshotId = target.SnapshotId;
        var change = store.Storage.Begin(held);
        var taken = Directory.Exists(_folder)
            ? _taker.Take(change, SnapshotKind.BeforeRestore, $"Before restore of {snapshotId}", new ManifestCounter(store, collection).Count(), cancellationToken)
            : null;
        var before = taken?.Scan.Id;
        var wanted = new RestoredTitle(store, collection).Correct(choose(before));
        if (before == wanted)
        {
            return new TreeRestored(change, taken, Changes: null, [], taken!.Snapshot.ArtifactCount);
        }

        Verify(snapshotId, wanted, before, cancellationToken);
        var changes = Plan(before, wanted);
        ChangerOf().AddTo(change, changes, cancellationToken);
        if (before is null)
        {
            change.CreateFolder(store.Layout.CollectionsFolder);
        }

        var restored = Read(wanted);
        var differing = FindDiffering(before, wanted, restored, changes);
        Commit(change, target, BeforeIn(taken), cancellationToken);
        return new TreeRestored(change, taken, changes, differing, restored?.Manifest.Count ?? 0);
    }

    private RestoreResult Conclude(TreeRestored restored, string snapshotId, CancellationToken cancellationToken)
    {
        var (change, taken, changes, differing, artifactCount) = restored;
        if (changes is null)
        {
            return new RestoreResult(collection, snapshotId, SafetySnapshotId: null, artifactCount, []) { IsUnchanged = true };
        }

        IEnumerable<string> warnings =
        [
            .. ReadBack(ChangerOf(), changes, cancellationToken),
            .. taken?.Scan.Warnings.Select(warning => $"{warning.Path}: {warning.Message}") ?? [],
            .. change.Warnings,
        ];
        return new RestoreResult(collection, snapshotId, taken?.Snapshot.Id, artifactCount, TextValues.Of(warnings))
        {
            ChangedPaths = PathsOf(changes),
            ChangedArtifacts = differing,
        };
    }

    private TextValues FindDiffering(ObjectId? before, ObjectId wanted, (Manifest Manifest, LockFile LockFile)? restored, IReadOnlyList<FolderChange> changes)
    {
        // Most restores bring files back, and leave the manifest and the lock file as they are.
        var current = before is not { } old ? null : HaveSame(old, wanted, HomeLayout.ManifestName) && HaveSame(old, wanted, HomeLayout.LockFileName) ? restored : Read(old);
        return new ArtifactComparison(current, restored).Find(changes.Select(one => one.Path).ToList());
    }

    private static TextValues PathsOf(IReadOnlyList<FolderChange> changes) => TextValues.Of(changes.Select(one => one.Path.Length == 0 ? "." : one.Path));

    private FolderChanger ChangerOf() => new(store.Objects, store.Time, _folder);

    private WayBack? BeforeIn(TakenSnapshot? taken) => taken is null ? null : new WayBack(collection, taken.Snapshot.Id, IsBefore: true);

    private (Manifest Manifest, LockFile LockFile)? Read(ObjectId tree) =>
        ArtifactComparison.TryRead(ReadFile(tree, HomeLayout.ManifestName), ReadFile(tree, HomeLayout.LockFileName), store.Layout.Manifest(collection));

    private bool HaveSame(ObjectId one, ObjectId other, string name) => store.Objects.Find(one, name)?.Id == store.Objects.Find(other, name)?.Id;

    private byte[]? ReadFile(ObjectId tree, string name) => store.Objects.Find(tree, name) is { IsLink: false, Kind: not TreeEntryKind.Folder } entry ? store.Objects.ReadBlob(entry.Id, HomeLayout.MostFileBytes) : null;

    private IReadOnlyList<FolderChange> Plan(ObjectId? before, ObjectId wanted)
    {
        var now = before is { } id ? EntryOf(id) : null;
        var after = EntryOf(wanted);
        return new FolderChangePlanner(store.Objects).Plan("", now, after) ?? [new FolderChange("", now, after)];
    }

    private static void Commit(Transaction change, WayBack target, WayBack? before, CancellationToken cancellationToken)
    {
        try
        {
            change.Commit(cancellationToken);
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.RecoveryPending)
        {
            throw SnapshotErrors.RestoreNotRolledBack(e, target, before);
        }
    }

    /// <summary>Compares the folder with the wanted tree. The restore has succeeded anyway, so a failed comparison is only a warning.</summary>
    private static IReadOnlyList<string> ReadBack(FolderChanger changer, IReadOnlyList<FolderChange> changes, CancellationToken cancellationToken)
    {
        try
        {
            changer.VerifyApplied(changes, cancellationToken);
            return [];
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.StorageFailed)
        {
            return [$"The collection was restored, but could not be read back: {e.Message}."];
        }
    }

    private static TreeEntry EntryOf(ObjectId tree) => new("", TreeEntryKind.Folder, tree, 0);
}
