using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Snapshots.Restoring;

/// <summary>Builds a tree with some artifacts from a snapshot, and everything else as it is now: their files, their tables in the manifest, their entries in the lock file.</summary>
internal sealed class ArtifactSelection(CollectionStore store, string collection, string snapshotId)
{
    private readonly ObjectStore _objects = store.Objects;

    /// <summary>Builds the tree.</summary>
    /// <param name="now">The current tree of the collection, or null if it is gone.</param>
    /// <param name="then">The tree of the snapshot.</param>
    /// <param name="wanted">The names of the artifacts, or <c>type:name</c>.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactNotFound"/>: the snapshot has no such artifact. <see cref="ErrorIds.CollectionNotFound"/>: the collection is gone.</exception>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: another artifact occupies its path.</exception>
    /// <exception cref="DataFileException">A manifest or lock file, current or from the snapshot, is invalid.</exception>
    public ObjectId Merge(ObjectId? now, ObjectId then, IReadOnlyCollection<string> wanted)
    {
        if (now is not { } current || _objects.Find(current, HomeLayout.ManifestName) is null) throw store.Missing(collection);
        var (manifest, lockFile) = Read(current, "");
        var (oldManifest, oldLock) = Read(then, $"snapshot {snapshotId}: ");
        var old = new Collection
        {
            Name = collection,
            Title = oldManifest.Title,
            Folder = store.Layout.CollectionFolder(collection),
            Artifacts = oldManifest.ReadArtifacts(collection, oldLock),
        };
        var edit = new TreeEdit(_objects);
        var time = store.Time.GetUtcNow();
        foreach (var artifact in wanted.Select(name => FindIn(old, name)).DistinctBy(artifact => artifact.Id))
        {
            if (manifest.FindOverlap(artifact.Id, artifact.Path) is { } other)
            {
                throw new SkillMeatException(ErrorIds.InvalidArgument, $"Cannot restore {artifact.Id} to '{artifact.Path}': {other.Id} is at '{other.Path}' now.");
            }

            if (manifest.FindPath(artifact.Id) is { } place) edit.Put(TreePath.Normalize(place), null);
            edit.Put(TreePath.Normalize(artifact.Path), _objects.Find(then, TreePath.Normalize(artifact.Path)));
            manifest.CopyArtifact(oldManifest, artifact.Id, time);
            lockFile.CopyEntry(oldLock, artifact.Id);
        }

        using var writer = _objects.BeginWrite();
        edit.Put(HomeLayout.ManifestName, Edited(current, HomeLayout.ManifestName, manifest.ToBytes(), writer));
        edit.Put(HomeLayout.LockFileName, Edited(current, HomeLayout.LockFileName, lockFile.ToBytes(), writer));
        var tree = edit.Apply(current, writer);
        writer.Commit();
        return tree;
    }

    private Artifact FindIn(Collection old, string name)
    {
        try
        {
            return old.Find(name);
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.ArtifactNotFound)
        {
            throw new SkillMeatException(e.ErrorId, $"Snapshot {snapshotId}: {e.Message}", e);
        }
    }

    private (Manifest Manifest, LockFile LockFile) Read(ObjectId tree, string prefix)
    {
        var manifest = _objects.Find(tree, HomeLayout.ManifestName) is { } entry ? _objects.ReadBlob(entry.Id, HomeLayout.MostFileBytes) : [];
        var lockFile = _objects.Find(tree, HomeLayout.LockFileName) is { } other ? _objects.ReadBlob(other.Id, HomeLayout.MostFileBytes) : null;
        return (Manifest.Parse(manifest, prefix + store.Layout.Manifest(collection)), LockFile.Parse(lockFile, prefix + store.Layout.LockFile(collection)));
    }

    private TreeEntry Edited(ObjectId tree, string name, byte[] content, ObjectWriter writer)
    {
        var blob = writer.AddBlob(content);
        var entry = _objects.Find(tree, name);
        return new TreeEntry(name, TreeEntryKind.File, blob, content.Length) { Mode = entry?.Mode ?? 0 };
    }
}
