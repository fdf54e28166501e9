using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Snapshots.Restoring;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Snapshots.Tarballs;

/// <summary>Exports snapshots as tarballs. An export into the home is listed for Python SkillMeat in the same transaction.</summary>
internal sealed class SnapshotExporter(CollectionStore store, string collection)
{
    private readonly SnapshotCatalog _catalog = new(store, collection);

    /// <summary>Exports a snapshot. The lock of the collection must be held.</summary>
    public SnapshotExport Export(HomeLock held, string snapshotId, string? path, bool overwrite, CancellationToken cancellationToken)
    {
        if (_catalog.StoreOf(snapshotId) is not TreeSnapshotStore trees)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, _catalog.StoreOf(snapshotId) is TarballStore tarballs
                ? $"Snapshot '{snapshotId}' is already a tarball: {tarballs.PathOf(snapshotId)}."
                : $"Snapshot '{snapshotId}' contains only manifest and lock file, so it cannot be exported: restoring such a tarball would delete every artifact.");
        }

        var snapshot = trees.Read(snapshotId);
        new TreeRestoration(store, collection).Verify(snapshotId, snapshot.Tree, there: null, cancellationToken);
        var target = path is null ? _catalog.Tarballs.PathForExport(snapshotId) : Path.GetFullPath(path);
        if (Directory.Exists(target)) throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{target}' is a folder. Name a file in it.");
        if (!overwrite && Disk.HasEntry(target)) throw new SkillMeatException(ErrorIds.InvalidArgument, $"The file '{target}' already exists. Choose another one, or use force to replace it.");
        if (overwrite && new FileInfo(target).LinkTarget is not null) throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{target}' is a link and is not replaced. Name the file that it points to.");
        if (overwrite && Disk.HasEntry(target) && IsInHome(target)) throw new SkillMeatException(ErrorIds.InvalidArgument, $"The file '{target}' is in the home and is not replaced. Choose another one.");
        if (path is null) ExportIntoHome(held, snapshot, target, cancellationToken);
        else new AtomicFile(store.Objects.Disk).Create(target, staged => Write(snapshot, staged, cancellationToken), overwrite);
        return new SnapshotExport(snapshotId, collection, target, new FileInfo(target).Length, path is null);
    }

    private void ExportIntoHome(HomeLock held, TreeSnapshot snapshot, string target, CancellationToken cancellationToken)
    {
        var change = store.Storage.Begin(held);
        var record = new TarballRecord(snapshot.Id, snapshot.CreatedAt, MessageFor(snapshot), snapshot.ArtifactCount, target);
        _catalog.Tarballs.Add(change, record, (staged, token) => Write(snapshot, staged, token));
        change.Commit(cancellationToken);
    }

    // Either folder may be reached through a link.
    private bool IsInHome(string path)
    {
        var relative = Path.GetRelativePath(LinkTarget.RealFolder(store.Home), LinkTarget.RealFolder(Path.GetDirectoryName(path)!));
        return !Path.IsPathRooted(relative) && relative.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)[0] != "..";
    }

    // Compared before it gets its final name, because Python SkillMeat trusts what is listed in the home.
    private void Write(TreeSnapshot snapshot, string staged, CancellationToken cancellationToken)
    {
        new TarballExport(store.Objects).Write(snapshot.Tree, RootName(snapshot.Tree), snapshot.CreatedAt, staged, cancellationToken);
        new TarballComparison(store.Objects).Check(staged, snapshot.Tree, cancellationToken);
    }

    // Python SkillMeat removes only snapshots that look like its own automatic ones.
    private static string MessageFor(TreeSnapshot snapshot) => snapshot.Kind == SnapshotKind.Manual ? snapshot.Message : $"[auto] {snapshot.Message}";

    /// <summary>Returns the name of the root folder, which Python SkillMeat expects to be the name in the manifest. For an unreadable manifest, that of the collection's folder.</summary>
    private string RootName(ObjectId tree)
    {
        try
        {
            var manifest = store.Objects.Find(tree, HomeLayout.ManifestName);
            var title = manifest is null ? collection : Manifest.Parse(store.Objects.ReadBlob(manifest.Id, HomeLayout.MostFileBytes), HomeLayout.ManifestName).Title;
            return ArtifactId.DescribeBadName(title) is null ? title : collection;
        }
        catch (DataFileException e) when (e.ErrorId is ErrorIds.InvalidToml or ErrorIds.InvalidData)
        {
            return collection;
        }
    }
}
