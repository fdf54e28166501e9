using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Snapshots.Restoring;
using SkillMeat.Snapshots.Tarballs;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Snapshots.Comparing;

/// <summary>Compares the snapshots of collections with each other and with the collections as they are now. Changes no collection and no snapshot.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SnapshotComparer
{
    private readonly CollectionStore _store;

    /// <summary>Creates a comparer for the collections of a home.</summary>
    /// <param name="store">The home.</param>
    public SnapshotComparer(CollectionStore store)
    {
        _store = store;
    }

    /// <summary>Compares two snapshots, or a snapshot with the collection as it is now.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="from">The id of the old snapshot.</param>
    /// <param name="to">The id of the new snapshot, or null for the collection as it is now.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    /// <returns>The differences.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>, <see cref="ErrorIds.SnapshotNotFound"/>, or a snapshot cannot be read.</exception>
    public SnapshotDifference Compare(string collection, string from, string? to, CancellationToken cancellationToken = default) => ConcurrentChanges.Retry(
        () => _store.Storage.ReadAsOne(() =>
        {
            _store.CheckKnown(collection);
            var catalog = new SnapshotCatalog(_store, collection);
            catalog.StoreOf(from);
            if (to is not null) catalog.StoreOf(to);
            // Tarballs are unpacked there, and nothing is stored in the home.
            using var scratch = new TemporaryFolder(Path.GetTempPath(), _ => { });
            var objects = new ObjectStore(scratch.Path, _store.Random, faults: null, _store.Home);
            var (old, now) = (Read(collection, catalog, objects, from, cancellationToken), Read(collection, catalog, objects, to, cancellationToken));
            return Compare(objects, from, to, old, now, cancellationToken);
        }),
        cancellationToken);

    /// <summary>Finds the differences of a snapshot from the one before it.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="snapshotId">The id of the snapshot.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    /// <returns>The differences, or null for the oldest snapshot and for a damaged one. A tarball of Python SkillMeat is never the one before.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>, <see cref="ErrorIds.SnapshotNotFound"/>.</exception>
    public SnapshotDifference? FindChanges(string collection, string snapshotId, CancellationToken cancellationToken = default)
    {
        _store.CheckKnown(collection);
        var catalog = new SnapshotCatalog(_store, collection);
        var kept = catalog.StoreOf(snapshotId);
        // A snapshot of manifest and lock file does not tell which files differ.
        var before = (kept == catalog.Manifests ? catalog.Trees.Ids().Concat(catalog.Manifests.Ids()) : catalog.Trees.Ids())
            .Where(id => string.CompareOrdinal(id, snapshotId) < 0).Max(StringComparer.Ordinal);
        if (before is null) return null;
        try
        {
            return Compare(collection, before, snapshotId, cancellationToken);
        }
        catch (DataFileException)
        {
            // The list says what is wrong with it.
            return null;
        }
    }

    /// <summary>Lists the states of an artifact in snapshots that have files, the newest first. Tarballs of Python SkillMeat are not read.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="artifact">An artifact of the collection.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The states. One that several snapshots have in a row is listed once.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>.</exception>
    public IReadOnlyList<ArtifactState> ListStates(string collection, Artifact artifact, CancellationToken cancellationToken = default)
    {
        _store.CheckKnown(collection);
        var trees = new SnapshotCatalog(_store, collection).Trees;
        var path = TreePath.Normalize(artifact.Path);
        var states = new List<ArtifactState>();
        TreeEntry? last = null;
        foreach (var id in trees.Ids().Reverse())
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var tree = trees.Read(id).Tree;
                var found = _store.Objects.Find(tree, path);
                if (found is not null && (last is null || !last.IsSameAs(found)))
                {
                    states.Add(new ArtifactState(trees.ReadInfo(id), FindVersion(collection, tree, artifact.Id), TextValues.Of(new TreeDifference(_store.Objects, _store.Objects, cancellationToken).Find(last, found))));
                }

                last = found;
            }
            catch (SkillMeatException e) when (e is DataFileException || e.ErrorId is ErrorIds.ObjectMissing or ErrorIds.SnapshotNotFound)
            {
                // A damaged snapshot, or one that was just removed, does not hide the others.
            }
        }

        states.Reverse();
        return states;
    }

    private ComparedState Read(string collection, SnapshotCatalog catalog, ObjectStore objects, string? id, CancellationToken cancellationToken)
    {
        if (id is null)
        {
            if (!Directory.Exists(_store.Layout.CollectionFolder(collection))) return new ComparedState(Tree: null, Manifest: null, LockFile: null, Files: null);
            return OfTree(collection, objects, new SnapshotTaker(_store, collection).Scan(cancellationToken).Scan.Id);
        }

        var snapshots = catalog.StoreOf(id);
        if (snapshots == catalog.Trees) return OfTree(collection, objects, catalog.Trees.Read(id).Tree);
        if (snapshots == catalog.Tarballs) return OfTree(collection, objects, new TarballImport(objects).Read(catalog.Tarballs.PathOf(id), cancellationToken));
        var state = catalog.Manifests.Read(id);
        return new ComparedState(Tree: null, state.Manifest, state.LockFile, ArtifactComparison.TryRead(state.Manifest, state.LockFile, _store.Layout.Manifest(collection)));
    }

    private ComparedState OfTree(string collection, ObjectStore objects, ObjectId tree)
    {
        var (manifest, lockFile) = (ReadFile(objects, tree, HomeLayout.ManifestName), ReadFile(objects, tree, HomeLayout.LockFileName));
        return new ComparedState(tree, manifest, lockFile, ArtifactComparison.TryRead(manifest, lockFile, _store.Layout.Manifest(collection)));
    }

    private static SnapshotDifference Compare(ObjectStore objects, string from, string? to, ComparedState old, ComparedState now, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> paths = (old.Tree, now.Tree) is ({ } one, { } other)
            ? new TreeDifference(objects, objects, cancellationToken).Find(EntryOf(one), EntryOf(other))
            : [.. AreEqual(old.LockFile, now.LockFile) ? [] : new[] { HomeLayout.LockFileName }, .. AreEqual(old.Manifest, now.Manifest) ? [] : new[] { HomeLayout.ManifestName }];
        return new SnapshotDifference(from, to, [.. Describe(old, now, paths)], TextValues.Of(paths));
    }

    private static IEnumerable<SnapshotChange> Describe(ComparedState old, ComparedState now, IReadOnlyList<string> paths)
    {
        var (before, after) = (PathsOf(old), PathsOf(now));
        var owners = before.Concat(after).DistinctBy(one => one.Value).ToDictionary(one => one.Value, one => one.Key, StringComparer.Ordinal);
        var files = paths.Select(path => (Path: path, Owner: FindOwner(path, owners))).Where(one => one.Owner is not null).ToLookup(one => one.Owner!, one => one.Path);
        foreach (var id in new ArtifactComparison(old.Files, now.Files).Find(paths))
        {
            var place = after.GetValueOrDefault(id) ?? before.GetValueOrDefault(id);
            var change = !before.ContainsKey(id) ? SnapshotChangeKind.Added : !after.ContainsKey(id) ? SnapshotChangeKind.Deleted : SnapshotChangeKind.Changed;
            yield return new SnapshotChange(id, change, TextValues.Of(files[id].Select(path => path == place ? TreePath.LastPart(path) : path[(place!.Length + 1)..])));
        }
    }

    private static Dictionary<string, string> PathsOf(ComparedState state) => (state.Files?.Manifest.Ids ?? [])
        .Select(id => (Id: id.ToString(), Path: state.Files!.Value.Manifest.FindPath(id))).Where(one => one.Path is { Length: > 0 })
        .ToDictionary(one => one.Id, one => TreePath.Normalize(one.Path!), StringComparer.Ordinal);

    private static string? FindOwner(string path, Dictionary<string, string> owners)
    {
        for (var place = path; place.Length > 0; place = TreePath.Parent(place))
        {
            if (owners.TryGetValue(place, out var owner)) return owner;
        }

        return null;
    }

    private string? FindVersion(string collection, ObjectId tree, ArtifactId id)
    {
        var files = OfTree(collection, _store.Objects, tree).Files;
        return files?.Manifest.Contains(id) == true && files.Value.Manifest.ReadArtifacts(collection, [id], files.Value.LockFile) is [var then] ? then.Version ?? then.ResolvedVersion : null;
    }

    private static byte[]? ReadFile(ObjectStore objects, ObjectId tree, string name) =>
        objects.Find(tree, name) is { IsLink: false, Kind: not TreeEntryKind.Folder } entry ? objects.ReadBlob(entry.Id, HomeLayout.MostFileBytes) : null;

    private static TreeEntry EntryOf(ObjectId tree) => new("", TreeEntryKind.Folder, tree, 0);

    private static bool AreEqual(byte[]? one, byte[]? other) => one is null ? other is null : other is not null && one.AsSpan().SequenceEqual(other);
}
