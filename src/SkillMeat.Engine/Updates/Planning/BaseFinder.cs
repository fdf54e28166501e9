using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Snapshots;
using SkillMeat.Snapshots.Tarballs;

namespace SkillMeat.Updates.Planning;

/// <summary>Finds the content that an artifact was fetched as, by the content hash in the lock file: among what is stored, what is there, and what snapshots hold. Asks nobody.</summary>
/// <remarks>For one thread.</remarks>
internal sealed class BaseFinder(CollectionStore store, ObjectStore objects, string collection, ObjectId now)
{
    private readonly MergeBaseList _baselines = new MergeBaseStore(store, collection).Read();
    private readonly Dictionary<ObjectId, string?> _hashes = [];
    private List<ObjectId>? _earlier;

    /// <summary>Finds it.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <returns>The stored content; null when it is nowhere, or the lock file does not say what it was.</returns>
    public TreeEntry? Find(Artifact artifact)
    {
        if (artifact.ContentHash is not { } hash) return null;
        if (_baselines.Find(artifact.Id, hash) is { } baseline && HashOf(baseline.Content) == hash) return baseline.Content;
        var path = TreePath.Normalize(artifact.Path);
        // Of what was stored, and not of the disk: between the two somebody may have edited it.
        if (objects.Find(now, path) is { } local && HashOf(local) == hash) return local;
        return Earlier().Select(tree => FindAt(tree, path, hash)).FirstOrDefault(found => found is not null);
    }

    /// <summary>The content hash of stored content; null when it can't be read.</summary>
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

    /// <summary>The collection's folder in all snapshots, the newest first, ours before the original's tarballs, which have to be unpacked.</summary>
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
            // One that can't be read must not be asked again, nor shift the others.
            _earlier.Add(read() ?? default);
            if (_earlier[^1] != default) yield return _earlier[^1];
        }
    }

    // A snapshot that is damaged is no reason not to look at the others.
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
