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

    private ManifestParts(byte[] bytes, string path, TextPart[] places, ManifestPart[] parts, bool areReadable)
    {
        _bytes = bytes;
        _path = path;
        _places = places;
        _parts = parts;
        _index = new(parts.Length);
        AreReadable = areReadable;
    }

    /// <summary>Whether each artifact is known to be valid as a whole, not only its id.</summary>
    public bool AreReadable { get; }

    /// <summary>The places of the artifacts, in order.</summary>
    public IReadOnlyList<TextPart> Places => _places;

    /// <summary>The number of artifacts.</summary>
    public int Count => _parts.Length;

    /// <summary>The ids of the artifacts, in order.</summary>
    public IEnumerable<ArtifactId> Ids => _parts.Select(part => part.Id);

    /// <summary>The artifacts with their ids and paths, and themselves if they were read, in order.</summary>
    public IReadOnlyList<ManifestPart> All => _parts;

    /// <summary>Returns parts that were found before in the same bytes, or null if they are not parts of them.</summary>
    /// <param name="bytes">The manifest, which is known to be valid.</param>
    /// <param name="path">The path of the manifest.</param>
    /// <param name="places">The places of the artifacts.</param>
    /// <param name="parts">The artifacts.</param>
    public static ManifestParts? Of(byte[] bytes, string path, TextPart[] places, ManifestPart[] parts) => Index(bytes, path, places, parts, areReadable: true);

    /// <summary>Reads the parts of a manifest, or returns null if it must be read as a whole: because it is invalid, or because artifacts are written in another way than usual.</summary>
    /// <param name="bytes">The manifest.</param>
    /// <param name="path">The path of the manifest.</param>
    /// <param name="read">Reads an artifact from its table, or null if artifacts are not wanted. Called by several threads.</param>
    /// <exception cref="DataFileException">The manifest is not UTF-8, or contains control characters.</exception>
    public static ManifestParts? TryRead(byte[] bytes, string path, Func<ArtifactId, TableReader, TextPart, Artifact>? read)
    {
        SourceText.Check(bytes, path);
        var places = Split(bytes);
        return places.Length > 0 && PartReader.TryRead(bytes, path, places, (root, place) => ReadPart(root, path, place, read)) is { } parts ? Index(bytes, path, places, parts, areReadable: read is not null) : null;
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
                    parts[i] = WithoutArtifact(_parts[known]);
                    places[i] = place with { BodyEnd = place.Start + _places[known].BodyEnd - _places[known].Start };
                    continue;
                }

                places[i] = place with { BodyEnd = document.ReadPart(place.Start, place.End) };
                parts[i] = WithoutArtifact(ReadPart(document.Root, _path, places[i], AreReadable ? ReadAlone : null));
                // Where artifacts were removed or added, the others follow those that are still there.
                known = _index.TryGetValue(parts[i].Id, out var same) ? same : known - 1;
            }
        }
        catch (DataFileException)
        {
            return null;
        }

        return Index(bytes, _path, places, parts, AreReadable);
    }

    /// <summary>Returns the same parts, without artifacts but known to be readable, or null if an artifact is not.</summary>
    public ManifestParts? WithAllRead()
    {
        if (AreReadable) return this;
        TextPart[] places = [.. _places];
        var parts = PartReader.TryRead(_bytes, _path, places, (root, place) => WithoutArtifact(ReadPart(root, _path, place, ReadAlone)));
        return parts is null ? null : Index(_bytes, _path, places, parts, areReadable: true);
    }

    /// <summary>Returns the manifest without the lines of artifacts, which are read when they are needed.</summary>
    /// <exception cref="DataFileException">The rest of the manifest is not TOML.</exception>
    public TomlDocument ToDocument() => TomlDocument.Parse(_bytes, _path, _places);

    /// <summary>The place of an artifact.</summary>
    public TextPart PlaceOf(ArtifactId id) => _places[_index[id]];

    /// <summary>Returns the position of an artifact, or -1 if there is none.</summary>
    public int IndexOf(ArtifactId id) => _index.TryGetValue(id, out var index) ? index : -1;

    /// <summary>Whether the lines of an artifact are the same in other parts, apart from what follows them.</summary>
    public bool HasSameText(ManifestParts other, ArtifactId id) =>
        _index.TryGetValue(id, out var one) && other._index.TryGetValue(id, out var two) && Body(_bytes, _places[one]).SequenceEqual(Body(other._bytes, other._places[two]));

    /// <summary>Returns the path of an artifact with <c>/</c> as the separator, or null if it is not known to be valid.</summary>
    public string? FindPath(ArtifactId id) => WithoutArtifact(_parts[_index[id]]).Path;

    private static ManifestPart WithoutArtifact(ManifestPart part) => part.Artifact is { } artifact ? new ManifestPart(part.Id, artifact.Path, Artifact: null) : part;

    private static Artifact ReadAlone(ArtifactId id, TableReader table, TextPart place) => ArtifactReader.Read("", id, table, pinned: null, LazyDetails.None);

    private static TextPart[] Split(byte[] bytes) => PartSplitter.Split(bytes, "[[artifacts]]"u8, "[artifacts."u8);

    // The last line of a file may have no line ending, until another one follows.
    private static ReadOnlySpan<byte> Body(byte[] bytes, TextPart part) => bytes.AsSpan(part.Start, part.BodyEnd - part.Start).TrimEnd("\r\n"u8);

    private static ReadOnlySpan<byte> Text(byte[] bytes, TextPart part) => bytes.AsSpan(part.Start, part.End - part.Start);

    // Null if the rest of the manifest is invalid, lists artifacts, or adds to one.
    private static ManifestParts? Index(byte[] bytes, string path, TextPart[] places, ManifestPart[] parts, bool areReadable)
    {
        var found = new ManifestParts(bytes, path, places, parts, areReadable);
        for (var i = 0; i < parts.Length; i++)
        {
            if (!found._index.TryAdd(parts[i].Id, i)) return null;
        }

        try
        {
            return found.ToDocument().Root.Find("artifacts")?.TableArray is { } array && array.Count == places.Length && array.All(artifact => artifact.IsUnread) ? found : null;
        }
        catch (DataFileException)
        {
            return null;
        }
    }

    /// <exception cref="DataFileException">The part is not a valid artifact by itself.</exception>
    private static ManifestPart ReadPart(TomlTable root, string path, TextPart place, Func<ArtifactId, TableReader, TextPart, Artifact>? read)
    {
        var element = FindArtifact(root) ?? throw Unusual(path);
        var name = element.FindText("name") ?? throw Unusual(path);
        var table = new TableReader(element, path, "artifact", name);
        if (ArtifactId.DescribeBadName(name) is not null || !ArtifactType.TryParse(table.RequiredText("type"), out var type)) throw Unusual(path);
        var id = new ArtifactId(type, name);
        return read is null ? new ManifestPart(id, ArtifactReader.FindValidPath(table), Artifact: null) : new ManifestPart(id, Path: null, read(id, table, place));
    }

    /// <summary>Returns the table of the artifact if it is all that a part holds, else null.</summary>
    public static TomlTable? FindArtifact(TomlTable root) => root.Count == 1 && root.ContainerAt(root.FindEntry("artifacts")) is TomlTableArray { Block: null, Count: 1 } array ? array[0] : null;

    // Nobody sees the message: the manifest is then read as a whole.
    private static DataFileException Unusual(string path) => new(ErrorIds.InvalidData, path, 0, 0, "not an artifact by itself");
}
