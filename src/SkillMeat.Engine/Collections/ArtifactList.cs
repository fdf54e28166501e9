using System.Collections;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>The artifacts of a collection whose files are known to be valid. An artifact is read when it is needed, and all of them at once when they are listed.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ArtifactList : IReadOnlyList<Artifact>
{
    private readonly string _collection;
    private readonly byte[] _bytes;
    private readonly string _path;
    private readonly ManifestParts _parts;
    private readonly LockFile _lockFile;
    private readonly DetailsSource _details;
    private readonly TomlDocument _reader;
    private readonly Artifact?[] _read;
    private ArtifactList? _before;
    private volatile bool _areAllRead;

    /// <param name="collection">The name of the collection.</param>
    /// <param name="bytes">The manifest.</param>
    /// <param name="path">The path of the manifest, for errors.</param>
    /// <param name="parts">The places of the artifacts.</param>
    /// <param name="lockFile">The lock file.</param>
    /// <param name="details">Reads the details of artifacts.</param>
    /// <param name="before">The artifacts of the same collection as they were read before, or null. Those that did not change need not be read again.</param>
    public ArtifactList(string collection, byte[] bytes, string path, ManifestParts parts, LockFile lockFile, DetailsSource details, ArtifactList? before)
    {
        // One that was never listed knows less than the one before it. So at most two are in memory.
        _before = before is { _areAllRead: false } ? before._before : before;
        _collection = collection;
        _bytes = bytes;
        _path = path;
        _parts = parts;
        _lockFile = lockFile;
        _details = details;
        _reader = TomlDocument.ForParts(bytes, path);
        _read = new Artifact?[parts.Count];
    }

    /// <param name="collection">The name of the collection.</param>
    /// <param name="bytes">The manifest.</param>
    /// <param name="path">The path of the manifest, for errors.</param>
    /// <param name="parts">The places of the artifacts, with the artifacts, which were read with them.</param>
    /// <param name="lockFile">The lock file.</param>
    /// <param name="details">Reads the details of artifacts.</param>
    public ArtifactList(string collection, byte[] bytes, string path, ManifestParts parts, LockFile lockFile, DetailsSource details)
        : this(collection, bytes, path, parts, lockFile, details, before: null)
    {
        for (var i = 0; i < _read.Length; i++) _read[i] = parts.All[i].Artifact;
        _areAllRead = true;
    }

    public int Count => _parts.Count;

    /// <summary>The ids of the artifacts, in order, without reading them.</summary>
    public IEnumerable<ArtifactId> Ids => _parts.Ids;

    /// <exception cref="Errors.DataFileException">The artifact is not valid.</exception>
    public Artifact this[int index]
    {
        get
        {
            lock (_reader)
            {
                if (_read[index] is { } known) return known;
                if (FindBefore(index) is { } same) return _read[index] = same;
                var place = _parts.Places[index];
                _reader.ReadPart(place.Start, place.End);
                return _read[index] = Make(_parts.All[index].Id, ManifestParts.FindArtifact(_reader.Root)!, place);
            }
        }
    }

    public IEnumerator<Artifact> GetEnumerator()
    {
        if (!_areAllRead) ReadAll();
        return _read.Select(artifact => artifact!).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Returns the positions of the artifacts whose lines in the manifest or the lock file are others than in an earlier list of the same collection, or that it does not have.</summary>
    public IReadOnlyList<int> FindChanged(ArtifactList before) => [.. Enumerable.Range(0, Count).Where(index => IndexIn(before, index) < 0)];

    /// <summary>Returns the ids of the artifacts of an earlier list of the same collection that are not in this one.</summary>
    public IReadOnlyList<ArtifactId> FindGone(ArtifactList before) => [.. before.Ids.Where(id => _parts.IndexOf(id) < 0)];

    private void ReadAll()
    {
        lock (_reader)
        {
            for (var i = 0; i < _read.Length; i++) _read[i] ??= FindBefore(i);
            _before = null;
            var unread = Enumerable.Range(0, Count).Where(i => _read[i] is null).ToDictionary(i => _parts.Places[i].Start);
            TextPart[] places = [.. _parts.Places.Where(place => unread.ContainsKey(place.Start))];
            var read = PartReader.TryRead(_bytes, _path, places, (root, place) => Make(_parts.All[unread[place.Start]].Id, ManifestParts.FindArtifact(root)!, place));
            for (var i = 0; read is not null && i < read.Length; i++) _read[unread[places[i].Start]] = read[i];
            for (var i = 0; i < _read.Length; i++) _read[i] ??= this[i];
        }

        _areAllRead = true;
    }

    // An artifact that did not change, with details that are not those of the earlier files, which would stay in memory.
    private Artifact? FindBefore(int index)
    {
        if (_before is not { } before || IndexIn(before, index) is var known && known < 0 || before._read[known] is not { } artifact) return null;
        return artifact.Details.AreRead ? artifact : artifact with { Details = LazyDetails.Of(_details, artifact.Id, _parts.Places[index]) };
    }

    private int IndexIn(ArtifactList before, int index)
    {
        var id = _parts.All[index].Id;
        return _parts.HasSameText(before._parts, id) && _lockFile.HasSameEntry(before._lockFile, id) ? before._parts.IndexOf(id) : -1;
    }

    private Artifact Make(ArtifactId id, TomlTable table, TextPart place) =>
        ArtifactReader.Read(_collection, id, new TableReader(table, _path, "artifact", id.Name), _lockFile.Find(id), LazyDetails.Of(_details, id, place));
}
