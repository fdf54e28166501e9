using SkillMeat.Additions;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Updates.Planning;

namespace SkillMeat.Projects.Syncing;

/// <summary>A collection during the planning of a sync. Not thread-safe.</summary>
internal sealed class SyncCollection
{
    private readonly ObjectStore _objects;
    private readonly Dictionary<ArtifactId, Artifact> _artifacts;
    private readonly Dictionary<ArtifactId, SyncedArtifact> _synced = [];
    private readonly List<SyncFork> _forks = [];
    private readonly TakenNames _taken;

    /// <summary>Opens a collection.</summary>
    /// <param name="store">The home.</param>
    /// <param name="objects">The store of the contents.</param>
    /// <param name="name">The name of an existing collection.</param>
    /// <param name="folder">Its folder as it is, stored.</param>
    /// <exception cref="DataFileException">It cannot be read.</exception>
    public SyncCollection(CollectionStore store, ObjectStore objects, string name, StoredFolder folder)
    {
        _objects = objects;
        Name = name;
        Folder = folder;
        Files = store.ReadFiles(name);
        _artifacts = Files.ReadArtifacts(name).ToDictionary(artifact => artifact.Id);
        _taken = new TakenNames(store.Layout.CollectionFolder(name), Files.Manifest.Paths);
        Bases = new BaseFinder(store, objects, name, folder.Scan.Id);
    }

    public string Name { get; }

    public StoredFolder Folder { get; }

    public CollectionFiles Files { get; }

    public BaseFinder Bases { get; }

    public IReadOnlyList<SyncFork> Forks => _forks;

    public IEnumerable<SyncedArtifact> Changed => _synced.Values.Where(artifact => artifact.IsChanged);

    public bool HasChanges => _forks.Count > 0 || Changed.Any();

    /// <summary>Finds an artifact, or returns null if the manifest does not list it.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: its files lie behind a link.</exception>
    public SyncedArtifact? Find(ArtifactId id)
    {
        if (_synced.TryGetValue(id, out var known)) return known;
        if (!_artifacts.TryGetValue(id, out var artifact)) return null;
        var path = TreePath.Normalize(artifact.Path);
        foreach (var place in ArtifactPath.Parents(path).Append(path))
        {
            if (place.Length > 0 && _objects.Find(Folder.Scan.Id, place) is { Kind: TreeEntryKind.Link })
            {
                throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{place}' in the collection is a link, so its files are outside the collection, and no snapshot has them. Replace the link with a copy.");
            }
        }

        return _synced[id] = new SyncedArtifact(artifact, path, _objects.Find(Folder.Scan.Id, path));
    }

    /// <summary>Whether the name of a fork is taken, in the manifest or on the disk.</summary>
    public bool IsTaken(ArtifactId id, string path) => Files.Manifest.Contains(id) || _forks.Exists(fork => fork.Id == id) || _taken.FindListed(path) is not null || _taken.FindOnDisk(path) is not null;

    public void Add(SyncFork fork)
    {
        _taken.Add(new ArtifactPath(fork.Id, fork.Path));
        _forks.Add(fork);
    }
}
