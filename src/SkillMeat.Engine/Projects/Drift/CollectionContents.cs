using System.Collections.Concurrent;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Projects.Drift;

/// <summary>The current contents of collections, each read once. Thread-safe.</summary>
internal sealed class CollectionContents(CollectionStore store, bool isFull, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<string, Lazy<(IReadOnlyDictionary<ArtifactId, Artifact> Artifacts, ScannedFolder Folder)?>> _read = new(StringComparer.Ordinal);

    /// <summary>Finds an artifact, with its path in the folder of the collection. Null if the collection is gone, or does not have it.</summary>
    /// <exception cref="DataFileException">The collection cannot be read.</exception>
    /// <exception cref="StorageException">The collection cannot be read.</exception>
    public (Artifact Artifact, ScannedFolder Folder, string Path)? Find(string collection, ArtifactId id)
    {
        if (_read.GetOrAdd(collection, name => new(() => Read(name))).Value is not { } read || !read.Artifacts.TryGetValue(id, out var artifact)) return null;
        return (artifact, read.Folder, TreePath.Normalize(artifact.Path));
    }

    private (IReadOnlyDictionary<ArtifactId, Artifact>, ScannedFolder)? Read(string name)
    {
        // Records can name any.
        if (ArtifactId.DescribeBadName(name) is not null) return null;
        try
        {
            var collection = store.Read(name);
            return (collection.Artifacts.ToDictionary(artifact => artifact.Id), ScannedFolder.Of(collection.Folder, store.Objects, store.Time, isFull, cancellationToken));
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.CollectionNotFound)
        {
            return null;
        }
    }
}
