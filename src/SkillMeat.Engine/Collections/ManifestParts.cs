using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>
/// The artifacts of a manifest and their places in it. A manifest is read artifact by artifact, because an index of all its keys takes several times as much time and memory, and
/// most operations need few of them.
/// </summary>
/// <remarks>Immutable.</remarks>
internal sealed class ManifestParts
{
    private readonly byte[] _bytes;
    private readonly TextPart[] _places;
    private readonly ManifestPart[] _parts;
    private readonly Lazy<Dictionary<ArtifactId, int>> _index;

    private ManifestParts(byte[] bytes, TextPart[] places, ManifestPart[] parts)
    {
        _bytes = bytes;
        _places = places;
        _parts = parts;
        _index = new(() => Enumerable.Range(0, parts.Length).ToDictionary(i => parts[i].Id));
    }

    public IReadOnlyList<ManifestPart> All => _parts;

    /// <summary>Returns the path of an artifact as it was read, or null if it is not valid.</summary>
    public string? FindPath(ArtifactId id) => _parts[_index.Value[id]].Path;

    /// <summary>Reads the parts of a manifest, or returns null if it must be read as a whole: because it is invalid, or because artifacts are written in another way than usual.</summary>
    /// <param name="bytes">The manifest.</param>
    /// <param name="path">The path of the manifest.</param>
    /// <param name="read">Reads an artifact from its table, or null if artifacts are not wanted. Called by several threads.</param>
    /// <param name="document">The manifest, without the lines of artifacts, which are read when they are needed.</param>
    /// <exception cref="DataFileException">The manifest is not UTF-8, or contains control characters.</exception>
    public static ManifestParts? TryRead(byte[] bytes, string path, Func<ArtifactId, TableReader, TextPart, Artifact>? read, out TomlDocument? document)
    {
        document = null;
        SourceText.Check(bytes, path);
        var places = PartSplitter.Split(bytes, "[[artifacts]]"u8, "[artifacts."u8);
        if (places.Length == 0 || PartReader.TryRead(bytes, path, places, (root, place) => ReadPart(root, path, place, read)) is not { } parts) return null;
        document = TryParse(bytes, path, places);
        return document is null || HasTwins(parts) ? null : new ManifestParts(bytes, places, parts);
    }

    /// <exception cref="DataFileException">The part is not a valid artifact by itself.</exception>
    private static ManifestPart ReadPart(TomlTable root, string path, TextPart place, Func<ArtifactId, TableReader, TextPart, Artifact>? read)
    {
        var id = default(ArtifactId);
        var table = new TableReader(OnlyElement(root) ?? throw Unusual(path), path, () => $"artifact '{id.Name}'");
        var name = table.RequiredText("name");
        if (ArtifactId.DescribeBadName(name) is not null || !ArtifactType.TryParse(table.RequiredText("type"), out var type)) throw Unusual(path);
        id = new ArtifactId(type, name);
        return read is null ? new ManifestPart(id, Manifest.FindValidPath(table), Artifact: null) : new ManifestPart(id, Path: null, read(id, table, place));
    }

    private static TomlTable? OnlyElement(TomlTable root) => root.Count == 1 && root.Find("artifacts")?.TableArray is { Block: null, Count: 1 } array ? array[0] : null;

    private static TomlDocument? TryParse(byte[] bytes, string path, TextPart[] places)
    {
        try
        {
            var document = TomlDocument.Parse(bytes, path, places);
            return document.Root.Find("artifacts")?.TableArray?.Count == places.Length ? document : null;
        }
        catch (DataFileException)
        {
            return null;
        }
    }

    private static bool HasTwins(ManifestPart[] parts)
    {
        var ids = new HashSet<ArtifactId>(parts.Length);
        return !Array.TrueForAll(parts, part => ids.Add(part.Id));
    }

    // Nobody sees the message: the manifest is then read as a whole.
    private static DataFileException Unusual(string path) => new(ErrorIds.InvalidData, path, 0, 0, "not an artifact by itself");
}
