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
    private volatile bool _areAllRead;

    public ArtifactList(string collection, byte[] bytes, string path, ManifestParts parts, LockFile lockFile, DetailsSource details)
    {
        _collection = collection;
        _bytes = bytes;
        _path = path;
        _parts = parts;
        _lockFile = lockFile;
        _details = details;
        _reader = TomlDocument.ForParts(bytes, path);
        _read = new Artifact?[parts.Count];
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

    private void ReadAll()
    {
        var indexes = Enumerable.Range(0, Count).ToDictionary(i => _parts.Places[i].Start);
        TextPart[] places = [.. _parts.Places];
        var all = PartReader.TryRead(_bytes, _path, places, (root, place) => Make(_parts.All[indexes[place.Start]].Id, ManifestParts.FindArtifact(root)!, place));
        lock (_reader)
        {
            // Those that were returned before stay the same.
            for (var i = 0; i < _read.Length; i++) _read[i] ??= all?[i] ?? this[i];
        }

        _areAllRead = true;
    }

    private Artifact Make(ArtifactId id, TomlTable table, TextPart place) =>
        ArtifactReader.Read(_collection, id, new TableReader(table, _path, "artifact", id.Name), _lockFile.Find(id), LazyDetails.Of(_details, id, place));
}
