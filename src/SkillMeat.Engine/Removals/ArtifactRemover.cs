using SkillMeat.Baselines;
using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Removals;

/// <summary>Removes artifacts from a collection in one transaction, after taking a snapshot from which they can be restored.</summary>
/// <remarks>Thread-safe, and safe for several processes.</remarks>
public sealed class ArtifactRemover
{
    private readonly CollectionStore _store;

    /// <summary>Creates a remover for the collections of a home.</summary>
    /// <param name="store">The home.</param>
    public ArtifactRemover(CollectionStore store)
    {
        _store = store;
    }

    /// <summary>Removes artifacts, all of them or none.</summary>
    /// <param name="request">The artifacts and the collection.</param>
    /// <param name="cancellationToken">Cancels the change. One that has reached its point of no return is finished.</param>
    /// <returns>The removed artifacts, in the order of the request.</returns>
    /// <exception cref="SkillMeatException">
    /// The collection cannot be found or read. <see cref="ErrorIds.ArtifactNotFound"/>: no artifact matches, or more than one. <see cref="ErrorIds.StaleEdit"/>: the collection is not the expected one.
    /// Nothing was removed.
    /// </exception>
    /// <exception cref="LockTimeoutException">Another process holds the lock of the collection. Nothing was changed.</exception>
    /// <exception cref="StorageException">The snapshot could not be taken, or the files could not be removed. Nothing was changed.</exception>
    public async Task<IReadOnlyList<RemovedArtifact>> RemoveAsync(RemoveRequest request, CancellationToken cancellationToken = default)
    {
        var name = request.Collection ?? _store.ActiveCollection;
        // A wrong name fails before waiting for the lock.
        var found = Find(_store.Read(name), request);
        if (request.DryRun) CollectionExpectation.Check(_store, name, request.Expects);
        if (request.DryRun) return [.. found.Select(artifact => Describe(artifact, request, snapshotId: null))];
        using var held = await _store.Storage.LockAsync([CollectionStore.LockNameOf(name)], request.LockTimeout, cancellationToken).ConfigureAwait(false);
        return ConcurrentChanges.Retry(() => Remove(held, name, request, cancellationToken), cancellationToken);
    }

    private static List<Artifact> Find(Collection collection, RemoveRequest request)
    {
        var type = request.Type is null ? null : ArtifactType.Parse(request.Type);
        return [.. request.Artifacts.Select(wanted => collection.Find(wanted, type)).DistinctBy(artifact => artifact.Id)];
    }

    private List<RemovedArtifact> Remove(HomeLock held, string name, RemoveRequest request, CancellationToken cancellationToken)
    {
        var files = _store.ReadFiles(name);
        CollectionExpectation.Check(_store, name, files, request.Expects);
        var found = Find(_store.ToCollection(name, files, isActive: false), request);
        if (found.Count == 0) return [];
        if (!request.KeepFiles) CheckContainsNoOther(files.Manifest, found);
        var folder = Store(name, request, cancellationToken);
        // Again after the scan: what changes later is found when the files are removed.
        CollectionExpectation.Check(_store, name, files, request.Expects);
        var now = _store.Time.GetUtcNow();
        var ids = found.Select(artifact => artifact.Id).ToHashSet();
        files.Manifest.Remove(ids, now);
        foreach (var id in ids) files.LockFile.Remove(id);
        List<FolderChange> places = request.KeepFiles || folder is null ? [] : found.SelectMany(artifact => PlanRemoval(artifact, folder.Scan.Id)).DistinctBy(place => place.Path).ToList();
        // A folder takes the places within it along.
        var paths = places.Select(place => place.Path).ToHashSet(StringComparer.Ordinal);
        var outer = places.FindAll(place => !ArtifactPath.Parents(place.Path).Any(paths.Contains));
        var change = new CollectionChange(name, files, files.Manifest.Ids)
        {
            Folder = outer,
            Bases = new MergeBaseStore(_store, name).Read().Without(ids),
            Before = folder,
            SnapshotKind = request.SkipSnapshot ? null : SnapshotKind.BeforeRemove,
            Message = found.Count == 1 ? $"Before removal of {found[0].Id}" : $"Before removal of {found.Count} artifacts",
        };
        var (snapshotIds, _) = new CollectionChanger(_store).Commit(held, [change], cancellationToken);
        return found.ConvertAll(artifact => Describe(artifact, request, snapshotIds.GetValueOrDefault(name)));
    }

    /// <summary>Refuses to remove the files of an artifact that contain another artifact.</summary>
    private static void CheckContainsNoOther(Manifest manifest, List<Artifact> found)
    {
        var (removed, others) = (new PathIndex([]), new List<ArtifactPath>());
        var ids = found.Select(artifact => artifact.Id).ToHashSet();
        foreach (var path in manifest.Paths)
        {
            if (ids.Contains(path.Id)) removed.Add(path);
            else others.Add(path);
        }

        foreach (var other in others)
        {
            if (removed.FindContaining(other.Path) is { } outer)
            {
                throw new SkillMeatException(ErrorIds.InvalidArgument, $"Cannot remove the files of {outer.Id}: they contain {other.Id} at '{other.Path}'. Remove both, or keep the files.");
            }
        }
    }

    private StoredFolder? Store(string name, RemoveRequest request, CancellationToken cancellationToken) => request is { KeepFiles: true, SkipSnapshot: true }
        ? null
        : new SnapshotGuard(!request.SkipSnapshot).Run(name, () => new SnapshotTaker(_store, name).Scan(cancellationToken));

    private IReadOnlyList<FolderChange> PlanRemoval(Artifact artifact, ObjectId folder)
    {
        var path = TreePath.Normalize(artifact.Path);
        if (_store.Objects.Find(folder, path) is not { } before) return [];
        // A link is removed as a link; its target stays.
        return [new FolderChange(path, before, After: null)];
    }

    private RemovedArtifact Describe(Artifact artifact, RemoveRequest request, string? snapshotId) => new(artifact.Id)
    {
        Collection = artifact.Collection,
        Path = Path.GetFullPath(artifact.Path, _store.Layout.CollectionFolder(artifact.Collection)),
        FilesKept = request.KeepFiles,
        SnapshotId = snapshotId,
        DryRun = request.DryRun,
    };
}
