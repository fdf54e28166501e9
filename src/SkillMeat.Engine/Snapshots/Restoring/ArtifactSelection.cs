using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Snapshots.Restoring;

/// <summary>Makes a tree that holds some artifacts as a snapshot has them, and everything else as it is now: their files, their tables in the manifest, their entries in the lock file.</summary>
internal sealed class ArtifactSelection(CollectionStore store, string collection, string snapshotId)
{
    private readonly ObjectStore _objects = store.Objects;

    /// <summary>Makes the tree.</summary>
    /// <param name="now">The collection's folder as it is; null when it is gone.</param>
    /// <param name="then">The folder as it was.</param>
    /// <param name="wanted">Names, or <c>type:name</c>.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactNotFound"/>: the snapshot has no such artifact. <see cref="ErrorIds.CollectionNotFound"/>: there is nothing to put it into.</exception>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: another artifact is in its place.</exception>
    /// <exception cref="DataFileException">A manifest or lock file, of now or then, can't be read.</exception>
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
                throw new SkillMeatException(ErrorIds.InvalidArgument, $"{artifact.Id} can't be put back to '{artifact.Path}': {other.Id} is at '{other.Path}' now.");
            }

            if (manifest.Paths.FirstOrDefault(path => path.Id == artifact.Id) is { } place) edit.Put(TreePath.Normalize(place.Path), null);
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
        var manifest = _objects.Find(tree, HomeLayout.ManifestName) is { } entry ? _objects.ReadBlob(entry.Id) : [];
        var lockFile = _objects.Find(tree, HomeLayout.LockFileName) is { } other ? _objects.ReadBlob(other.Id) : null;
        return (Manifest.Parse(manifest, prefix + store.Layout.Manifest(collection)), LockFile.Parse(lockFile, prefix + store.Layout.LockFile(collection)));
    }

    private TreeEntry Edited(ObjectId tree, string name, byte[] content, ObjectWriter writer)
    {
        var blob = writer.AddBlob(content);
        var entry = _objects.Find(tree, name);
        return new TreeEntry(name, TreeEntryKind.File, blob, content.Length) { Mode = entry?.Mode ?? 0 };
    }
}
