using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Records;
using SkillMeat.Storage.Files;
using SkillMeat.Updates.Planning;

namespace SkillMeat.Projects.Deploying;

/// <summary>Finds the files of deployments that this home did not make: in the collection, its merge bases and its snapshots. For one plan. Not thread-safe.</summary>
/// <param name="store">The home.</param>
/// <param name="isDryRun">Whether nothing may be stored in the home.</param>
/// <param name="cancellationToken">Cancels the search.</param>
internal sealed class EarlierContents(CollectionStore store, bool isDryRun, CancellationToken cancellationToken) : IDisposable
{
    private readonly Dictionary<string, Dictionary<string, string>> _paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BaseFinder> _finders = new(StringComparer.Ordinal);
    private TemporaryFolder? _scratch;
    private ObjectStore? _objects;

    /// <summary>Finds the files by the hash of the record.</summary>
    /// <returns>The files by their paths, or null if this home has no folder with that hash.</returns>
    /// <exception cref="StorageException">Something cannot be read or stored.</exception>
    public IReadOnlyDictionary<string, ObjectId>? FindFiles(DeploymentRecord record) => Find(record) is { Kind: TreeEntryKind.Folder } found
        ? ContentFiles.Of(_objects!, found).Files.ToDictionary(file => file.Key, file => file.Value.Id, StringComparer.Ordinal)
        : null;

    /// <summary>Finds the file or folder by the hash of the record.</summary>
    /// <returns>The content, or null if this home never had it.</returns>
    /// <exception cref="StorageException">Something cannot be read or stored.</exception>
    public TreeEntry? Find(DeploymentRecord record)
    {
        if (PathOf(record) is not { } path) return null;
        var objects = _objects ??= OpenObjects();
        if (!_finders.TryGetValue(record.Collection, out var finder))
        {
            var now = objects.Store(store.Layout.CollectionFolder(record.Collection), store.Time, cancellationToken).Scan.Id;
            _finders[record.Collection] = finder = new BaseFinder(store, objects, record.Collection, now);
        }

        return finder.Find(record.Artifact, path, record.ContentHash);
    }

    /// <summary>Returns the paths of the files that the collection has now, or null if it does not have the artifact.</summary>
    /// <exception cref="StorageException">Something cannot be read.</exception>
    public IReadOnlySet<string>? FindPathsNow(DeploymentRecord record)
    {
        if (PathOf(record) is not { } path) return null;
        var folder = Path.Combine(store.Layout.CollectionFolder(record.Collection), path.Replace('/', Path.DirectorySeparatorChar));
        return Directory.Exists(folder) ? ScannedFolder.Of(folder, store.Objects, store.Time, isFull: true, cancellationToken).FilesIn("").Keys.ToHashSet(StringComparer.Ordinal) : null;
    }

    public void Dispose() => _scratch?.Dispose();

    private ObjectStore OpenObjects()
    {
        if (!isDryRun) return store.Objects;
        _scratch = new TemporaryFolder(Path.GetTempPath(), _ => { });
        return new ObjectStore(_scratch.Path, store.Random, faults: null, store.Home);
    }

    // Null if the collection of the record is not one of this home, or does not list the artifact.
    private string? PathOf(DeploymentRecord record)
    {
        if (!_paths.TryGetValue(record.Collection, out var paths)) _paths[record.Collection] = paths = ReadPaths(record.Collection);
        return paths.GetValueOrDefault(record.Artifact.ToString());
    }

    private Dictionary<string, string> ReadPaths(string collection)
    {
        var none = new Dictionary<string, string>(StringComparer.Ordinal);
        // The name comes from the project, so it may be any text.
        if (!store.ListNames().Contains(collection)) return none;
        try
        {
            return store.Read(collection).Artifacts.ToDictionary(artifact => artifact.ArtifactId, artifact => TreePath.Normalize(artifact.Path), StringComparer.Ordinal);
        }
        catch (DataFileException)
        {
            // A removal does not need the collection; without it, more files count as the user's.
            return none;
        }
    }
}
