using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>
/// The artifacts of a manifest and their places in it. A manifest is read artifact by artifact, because an index of all its keys takes several times as much time and memory, and
/// most operations need few of them.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class ManifestParts
{
    private readonly byte[] _bytes;
    private readonly string _path;
    private readonly TextPart[] _places;
    private readonly ManifestPart[] _parts;
    private readonly Dictionary<ArtifactId, int> _index;

    private ManifestParts(byte[] bytes, string path, TextPart[] places, ManifestPart[] parts)
    {
        _bytes = bytes;
        _path = path;
        _places = places;
        _parts = parts;
        _index = new(parts.Length);
    }

    /// <summary>The number of artifacts.</summary>
    public int Count => _parts.Length;

    /// <summary>The ids of the artifacts, in order.</summary>
    public IEnumerable<ArtifactId> Ids => _parts.Select(part => part.Id);

    /// <summary>The artifacts, in order, or null if they were not read.</summary>
    public IReadOnlyList<Artifact>? Artifacts => _parts.Length > 0 && _parts[0].Artifact is null ? null : Array.ConvertAll(_parts, part => part.Artifact!);

    /// <summary>Reads the parts of a manifest, or returns null if it must be read as a whole: because it is invalid, or because artifacts are written in another way than usual.</summary>
    /// <param name="bytes">The manifest.</param>
    /// <param name="path">The path of the manifest.</param>
    /// <param name="read">Reads an artifact from its table, or null if artifacts are not wanted. Called by several threads.</param>
    /// <exception cref="DataFileException">The manifest is not UTF-8, or contains control characters.</exception>
    public static ManifestParts? TryRead(byte[] bytes, string path, Func<ArtifactId, TableReader, TextPart, Artifact>? read)
    {
        SourceText.Check(bytes, path);
        var places = Split(bytes);
        return places.Length > 0 && PartReader.TryRead(bytes, path, places, (root, place) => ReadPart(root, path, place, read)) is { } parts ? Index(bytes, path, places, parts) : null;
    }

    /// <summary>Reads the parts of an edited manifest as <see cref="TryRead"/> does. A part that is the same, byte for byte, as one of this manifest is known to be valid, and is not read again.</summary>
    /// <param name="bytes">The manifest after the edits.</param>
    /// <exception cref="DataFileException">The manifest is not UTF-8, or contains control characters.</exception>
    public ManifestParts? TryReadEdited(byte[] bytes)
    {
        SourceText.Check(bytes, _path);
        var places = Split(bytes);
        var parts = new ManifestPart[places.Length];
        var document = TomlDocument.ForParts(bytes, _path);
        try
        {
            for (var (i, known) = (0, 0); i < places.Length; i++, known++)
            {
                var place = places[i];
                if (known < Count && Text(bytes, place).SequenceEqual(Text(_bytes, _places[known])))
                {
                    parts[i] = new ManifestPart(_parts[known].Id, FindPath(_parts[known].Id), Artifact: null);
                    places[i] = place with { BodyEnd = place.Start + _places[known].BodyEnd - _places[known].Start };
                    continue;
                }

                places[i] = place with { BodyEnd = document.ReadPart(place.Start, place.End) };
                parts[i] = ReadPart(document.Root, _path, places[i], read: null);
                // Where artifacts were removed or added, the others follow those that are still there.
                known = _index.TryGetValue(parts[i].Id, out var same) ? same : known - 1;
            }
        }
        catch (DataFileException)
        {
            return null;
        }

        return Index(bytes, _path, places, parts);
    }

    /// <summary>Returns the manifest without the lines of artifacts, which are read when they are needed.</summary>
    /// <exception cref="DataFileException">The rest of the manifest is not TOML.</exception>
    public TomlDocument ToDocument() => TomlDocument.Parse(_bytes, _path, _places);

    /// <summary>The place of an artifact.</summary>
    public TextPart PlaceOf(ArtifactId id) => _places[_index[id]];

    /// <summary>Returns the path of an artifact with <c>/</c> as the separator, or null if it is not known to be valid.</summary>
    public string? FindPath(ArtifactId id) => _parts[_index[id]] is var part && part.Artifact is { } artifact ? artifact.Path : part.Path;

    private static TextPart[] Split(byte[] bytes) => PartSplitter.Split(bytes, "[[artifacts]]"u8, "[artifacts."u8);

    private static ReadOnlySpan<byte> Text(byte[] bytes, TextPart part) => bytes.AsSpan(part.Start, part.End - part.Start);

    // Null if the rest of the manifest is invalid, or lists artifacts, too.
    private static ManifestParts? Index(byte[] bytes, string path, TextPart[] places, ManifestPart[] parts)
    {
        var found = new ManifestParts(bytes, path, places, parts);
        for (var i = 0; i < parts.Length; i++)
        {
            if (!found._index.TryAdd(parts[i].Id, i)) return null;
        }

        try
        {
            return found.ToDocument().Root.Find("artifacts")?.TableArray?.Count == places.Length ? found : null;
        }
        catch (DataFileException)
        {
            return null;
        }
    }

    /// <exception cref="DataFileException">The part is not a valid artifact by itself.</exception>
    private static ManifestPart ReadPart(TomlTable root, string path, TextPart place, Func<ArtifactId, TableReader, TextPart, Artifact>? read)
    {
        var id = default(ArtifactId);
        var table = new TableReader(FindArtifact(root) ?? throw Unusual(path), path, () => $"artifact '{id.Name}'");
        var name = table.RequiredText("name");
        if (ArtifactId.DescribeBadName(name) is not null || !ArtifactType.TryParse(table.RequiredText("type"), out var type)) throw Unusual(path);
        id = new ArtifactId(type, name);
        return read is null ? new ManifestPart(id, Manifest.FindValidPath(table), Artifact: null) : new ManifestPart(id, Path: null, read(id, table, place));
    }

    /// <summary>Returns the table of the artifact if it is all that a part holds, else null.</summary>
    public static TomlTable? FindArtifact(TomlTable root) => root.Count == 1 && root.Find("artifacts")?.TableArray is { Block: null, Count: 1 } array ? array[0] : null;

    // Nobody sees the message: the manifest is then read as a whole.
    private static DataFileException Unusual(string path) => new(ErrorIds.InvalidData, path, 0, 0, "not an artifact by itself");
}
