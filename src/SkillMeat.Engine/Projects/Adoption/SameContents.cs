using SkillMeat.Collections;
using SkillMeat.Objects;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Drift;

namespace SkillMeat.Projects.Adoption;

/// <summary>
/// Finds the artifacts of a collection that seem to have a content, whatever their names. Reads only the files that changed since the last scan of the collection. For one plan. Not thread-safe.
/// </summary>
/// <param name="store">The home.</param>
/// <param name="objects">The store of the contents.</param>
/// <param name="collection">The name of the collection.</param>
/// <param name="paths">The paths of the artifacts.</param>
/// <param name="cancellationToken">Cancels the scan.</param>
internal sealed class SameContents(CollectionStore store, ObjectStore objects, string collection, IReadOnlyList<ArtifactPath> paths, CancellationToken cancellationToken)
{
    private readonly Lazy<ILookup<(ArtifactType Type, int Files, int Ids), ArtifactId>> _artifacts = new(() => Read(store, collection, paths, cancellationToken));

    /// <summary>Finds the artifacts. The contents have the same files by count and, but for a rare chance, by name and id.</summary>
    /// <param name="type">The type.</param>
    /// <param name="content">The stored content.</param>
    /// <exception cref="Errors.StorageException">The collection cannot be read.</exception>
    public IEnumerable<ArtifactId> Find(ArtifactType type, TreeEntry content)
    {
        if (paths.Count == 0) return [];
        var files = ContentFiles.Of(objects, content).Files;
        return _artifacts.Value[KeyOf(type, content.Kind == TreeEntryKind.Folder, files.Select(file => (file.Key, file.Value.Id)))];
    }

    private static ILookup<(ArtifactType Type, int Files, int Ids), ArtifactId> Read(CollectionStore store, string collection, IReadOnlyList<ArtifactPath> paths, CancellationToken cancellationToken)
    {
        var folder = ScannedFolder.Of(store.Layout.CollectionFolder(collection), store.Objects, store.Time, isFull: false, cancellationToken, remembers: false);
        return paths.Select(one => (one.Id, Path: TreePath.Normalize(one.Path))).Select(one => (one.Id, one.Path, Entry: folder.Find(one.Path))).Where(one => one.Entry is { Stamp.Type: FileType.Folder or FileType.File })
            .ToLookup(
                one => one.Entry!.Value.Stamp.Type == FileType.Folder
                    ? KeyOf(one.Id.Type, isFolder: true, folder.FilesIn(one.Path).Select(file => (file.Key, file.Value)))
                    : KeyOf(one.Id.Type, isFolder: false, [("", one.Entry.Value.Id)]),
                one => one.Id);
    }

    // In any order of the files. A single file has whatever name.
    private static (ArtifactType Type, int Files, int Ids) KeyOf(ArtifactType type, bool isFolder, IEnumerable<(string Path, ObjectId Id)> files)
    {
        var (count, ids) = (0, 0);
        foreach (var (path, id) in files) (count, ids) = (count + 1, unchecked(ids + HashCode.Combine(isFolder ? path : "", id)));
        return (type, isFolder ? count : -1, ids);
    }
}
