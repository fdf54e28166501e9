using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Snapshots.Restoring;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Snapshots.Tarballs;

/// <summary>Exports snapshots as tarballs. One that goes into the home is listed for the original program in the same transaction that puts it there.</summary>
internal sealed class SnapshotExporter(CollectionStore store, string collection)
{
    private readonly SnapshotCatalog _catalog = new(store, collection);

    /// <summary>Exports under the collection's lock.</summary>
    public SnapshotExport Export(HomeLock held, string snapshotId, string? path, CancellationToken cancellationToken)
    {
        if (_catalog.ShelfOf(snapshotId) is not TreeSnapshotStore trees)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, _catalog.ShelfOf(snapshotId) is TarballStore tarballs
                ? $"Snapshot '{snapshotId}' is a tarball already: {tarballs.PathOf(snapshotId)}."
                : $"Snapshot '{snapshotId}' holds manifest and lock file only; restored from a tarball, every artifact would be gone.");
        }

        var snapshot = trees.Read(snapshotId);
        new TreeRestoration(store, collection).Verify(snapshotId, snapshot.Tree, there: null, cancellationToken);
        var target = path is null ? _catalog.Tarballs.PathForExport(snapshotId) : Path.GetFullPath(path);
        if (Disk.HasEntry(target)) throw new SkillMeatException(ErrorIds.InvalidArgument, $"There is a file '{target}' already.");
        var change = store.Storage.Begin(held);
        var record = new TarballRecord(snapshotId, snapshot.CreatedAt, MessageFor(snapshot), snapshot.ArtifactCount, target);
        if (path is null) _catalog.Tarballs.Add(change, record, (staged, token) => Write(snapshot, staged, token));
        else change.ReplaceFile(target, (staged, token) => Write(snapshot, staged, token), FileExpectation.Absent);
        change.Commit(cancellationToken);
        return new SnapshotExport(snapshotId, collection, target, new FileInfo(target).Length, path is null);
    }

    // Compared before it gets its name: what is listed in the home, the original trusts.
    private void Write(TreeSnapshot snapshot, string staged, CancellationToken cancellationToken)
    {
        new TarballExport(store.Objects).Write(snapshot.Tree, RootName(snapshot.Tree), snapshot.CreatedAt, staged, cancellationToken);
        new TarballComparison(store.Objects).Check(staged, snapshot.Tree, cancellationToken);
    }

    // The original keeps its hands off snapshots that are not its own automatic ones.
    private static string MessageFor(TreeSnapshot snapshot) => snapshot.Kind == SnapshotKind.Manual ? snapshot.Message : $"[auto] {snapshot.Message}";

    /// <summary>The original unpacks beside its collections what has the name that the manifest gives; one whose manifest can't be read has that of its folder.</summary>
    private string RootName(ObjectId tree)
    {
        try
        {
            var manifest = store.Objects.Find(tree, HomeLayout.ManifestName);
            var title = manifest is null ? collection : Manifest.Parse(store.Objects.ReadBlob(manifest.Id), HomeLayout.ManifestName).Title;
            return ArtifactId.DescribeBadName(title) is null ? title : collection;
        }
        catch (DataFileException e) when (e.ErrorId is ErrorIds.InvalidToml or ErrorIds.InvalidData)
        {
            return collection;
        }
    }
}
