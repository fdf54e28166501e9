using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Snapshots;
using SkillMeat.Snapshots.Tarballs;

namespace SkillMeat.Updates.Planning;

/// <summary>Finds the base of an artifact (the content as it was fetched) by the content hash in the lock file: among the stored bases, the local files and the snapshots. Does not ask upstream.</summary>
/// <remarks>For one thread.</remarks>
internal sealed class BaseFinder(CollectionStore store, ObjectStore objects, string collection, ObjectId now)
{
    private readonly MergeBaseList _bases = new MergeBaseStore(store, collection).Read();
    private readonly Dictionary<ObjectId, string?> _hashes = [];
    private List<ObjectId>? _earlier;

    /// <summary>Finds the base of an artifact.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <returns>The stored content; null if it is not found, or if the lock file has no hash of it.</returns>
    public TreeEntry? Find(Artifact artifact) => artifact.ContentHash is { } hash ? Find(artifact.Id, TreePath.Normalize(artifact.Path), hash) : null;

    /// <summary>Finds a content that an artifact has or had.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="path">The path of its files in the collection.</param>
    /// <param name="hash">The content hash.</param>
    /// <returns>The stored content; null if it is not found.</returns>
    public TreeEntry? Find(ArtifactId artifact, string path, string hash)
    {
        if (_bases.Find(artifact, hash) is { } known && HashOf(known.Content) == hash) return known.Content;
        // The stored files, not those on the disk: they may have been edited since.
        if (objects.Find(now, path) is { } local && HashOf(local) == hash) return local;
        return Earlier().Select(tree => FindAt(tree, path, hash)).FirstOrDefault(found => found is not null);
    }

    /// <summary>The content hash of stored content; null if it cannot be read.</summary>
    public string? HashOf(TreeEntry content)
    {
        if (_hashes.TryGetValue(content.Id, out var known)) return known;
        try
        {
            return _hashes[content.Id] = ContentFiles.Of(objects, content).ContentHash();
        }
        catch (SkillMeatException e) when (e.ErrorId is ErrorIds.ObjectCorrupt or ErrorIds.ObjectMissing)
        {
            return _hashes[content.Id] = null;
        }
    }

    private TreeEntry? FindAt(ObjectId tree, string path, string hash)
    {
        try
        {
            return objects.Find(tree, path) is { } entry && HashOf(entry) == hash ? entry : null;
        }
        catch (SkillMeatException e) when (e.ErrorId is ErrorIds.ObjectCorrupt or ErrorIds.ObjectMissing)
        {
            return null;
        }
    }

    /// <summary>The collection's folder in all snapshots, the newest first. Python SkillMeat's tarballs come last, because they have to be unpacked.</summary>
    private IEnumerable<ObjectId> Earlier()
    {
        _earlier ??= [];
        foreach (var tree in _earlier.Where(tree => tree != default).ToList()) yield return tree;
        var trees = new TreeSnapshotStore(store, collection);
        var tarballs = new TarballStore(store, collection);
        var all = trees.Ids().Select(id => (Func<ObjectId?>)(() => TryRead(() => trees.Read(id).Tree)))
            .Concat(tarballs.Ids().Select(id => (Func<ObjectId?>)(() => TryRead(() => new TarballImport(objects).Read(tarballs.PathOf(id), CancellationToken.None)))));
        foreach (var read in all.Skip(_earlier.Count))
        {
            // A snapshot that cannot be read must not be read again, nor shift the others.
            _earlier.Add(read() ?? default);
            if (_earlier[^1] != default) yield return _earlier[^1];
        }
    }

    // A damaged snapshot is no reason to skip the others.
    private static ObjectId? TryRead(Func<ObjectId> read)
    {
        try
        {
            return read();
        }
        catch (SkillMeatException)
        {
            return null;
        }
    }
}
