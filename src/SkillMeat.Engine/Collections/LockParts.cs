using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>The entries of a lock file and their places in it. Like a manifest, a lock file is read part by part.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class LockParts
{
    private readonly byte[] _bytes;
    private readonly string _path;
    private readonly TextPart[] _places;
    private readonly Lazy<Dictionary<string, int>> _index;

    private LockParts(byte[] bytes, string path, TextPart[] places, (string Key, LockEntry Entry)[] entries)
    {
        _bytes = bytes;
        _path = path;
        _places = places;
        Entries = entries;
        _index = new(() => Enumerable.Range(0, entries.Length).ToDictionary(i => entries[i].Key, StringComparer.Ordinal));
    }

    /// <summary>The entries with their keys as written, in order.</summary>
    public IReadOnlyList<(string Key, LockEntry Entry)> Entries { get; }

    /// <summary>The place of the entry with a key, as written.</summary>
    public TextPart PlaceOf(string key) => _places[_index.Value[key]];

    /// <summary>Returns the lock file without the lines of entries, which are read when they are needed.</summary>
    public TomlDocument ToDocument() => TomlDocument.Parse(_bytes, _path, _places);

    /// <summary>Reads the parts of a lock file, or returns null if it must be read as a whole: because it is invalid, or because entries are written in another way than usual.</summary>
    /// <param name="bytes">The lock file.</param>
    /// <param name="path">The path of the lock file.</param>
    /// <exception cref="DataFileException">The lock file is not UTF-8, or contains control characters.</exception>
    public static LockParts? TryRead(byte[] bytes, string path)
    {
        SourceText.Check(bytes, path);
        var places = PartSplitter.Split(bytes, "[lock.entries."u8, inner: default);
        if (places.Length == 0 || PartReader.TryRead(bytes, path, places, (root, _) => ReadPart(root, path)) is not { } entries) return null;
        var parts = new LockParts(bytes, path, places, entries);
        return parts.AreWhole() ? parts : null;
    }

    /// <exception cref="DataFileException">The part is not a valid entry by itself.</exception>
    private static (string Key, LockEntry Entry) ReadPart(TomlTable root, string path)
    {
        if (OnlyTable(root, "lock") is not { } lockTable || OnlyTable(lockTable, "entries") is not { Count: 1 } entries) throw Unusual(path);
        var key = entries.Keys.First();
        return (key, LockFile.ReadEntry(new TableReader(entries, path, "the lock file"), key, path));
    }

    private static TomlTable? OnlyTable(TomlTable parent, string key) =>
        parent.Count == 1 && parent.Find(key) is { Kind: TomlValueKind.Table } table && table.AsTable() is { Kind: TomlTableKind.Implicit } only ? only : null;

    // Entries that are written elsewhere, or in two places, come to another number.
    private bool AreWhole()
    {
        try
        {
            return ToDocument().Root.Find("lock")?.AsTable().Find("entries")?.AsTable().Count == _places.Length;
        }
        catch (DataFileException)
        {
            return false;
        }
    }

    // Nobody sees the message: the lock file is then read as a whole.
    private static DataFileException Unusual(string path) => new(ErrorIds.InvalidData, path, 0, 0, "not an entry by itself");
}
