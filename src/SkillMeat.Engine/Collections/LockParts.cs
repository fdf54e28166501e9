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
    private readonly Lazy<TomlDocument> _reader;

    private LockParts(byte[] bytes, string path, TextPart[] places, (string Key, LockEntry? Entry)[] entries)
    {
        _bytes = bytes;
        _path = path;
        _places = places;
        Entries = entries;
        _reader = new(() => TomlDocument.ForParts(bytes, path));
        _index = new(() => Enumerable.Range(0, entries.Length).ToDictionary(i => entries[i].Key, StringComparer.Ordinal));
    }

    /// <summary>The entries with their keys as written, in order. An entry is null if it has not been read.</summary>
    public IReadOnlyList<(string Key, LockEntry? Entry)> Entries { get; }

    /// <summary>The places of the entries, in order.</summary>
    public IReadOnlyList<TextPart> Places => _places;

    /// <summary>Returns parts that were found before in the same bytes, or null if they are not parts of them.</summary>
    /// <param name="bytes">The lock file, which is known to be valid.</param>
    /// <param name="path">The path of the lock file.</param>
    /// <param name="places">The places of the entries.</param>
    /// <param name="keys">Their keys, as written.</param>
    public static LockParts? Of(byte[] bytes, string path, TextPart[] places, string[] keys) =>
        new LockParts(bytes, path, places, Array.ConvertAll(keys, key => (key, (LockEntry?)null))) is var parts && parts.AreWhole() ? parts : null;

    /// <summary>Reads the entry with a key, as written.</summary>
    /// <exception cref="DataFileException">The entry is not valid.</exception>
    public LockEntry ReadEntry(string key)
    {
        var place = PlaceOf(key);
        lock (_reader.Value)
        {
            _reader.Value.ReadPart(place.Start, place.End);
            return ReadPart(_reader.Value.Root, _path).Entry!;
        }
    }

    /// <summary>Reads the parts of an edited lock file as <see cref="TryRead"/> does. A part that is the same, byte for byte, as one of this lock file is known to be valid, and is not read again.</summary>
    /// <param name="bytes">The lock file after the edits.</param>
    /// <exception cref="DataFileException">The lock file is not UTF-8, or contains control characters.</exception>
    public LockParts? TryReadEdited(byte[] bytes)
    {
        SourceText.Check(bytes, _path);
        var places = Split(bytes);
        var entries = new (string Key, LockEntry? Entry)[places.Length];
        var document = TomlDocument.ForParts(bytes, _path);
        try
        {
            for (var (i, known) = (0, 0); i < places.Length; i++, known++)
            {
                var place = places[i];
                if (known < _places.Length && bytes.AsSpan(place.Start, place.End - place.Start).SequenceEqual(_bytes.AsSpan(_places[known].Start, _places[known].End - _places[known].Start)))
                {
                    entries[i] = Entries[known];
                    places[i] = place with { BodyEnd = place.Start + _places[known].BodyEnd - _places[known].Start };
                    continue;
                }

                places[i] = place with { BodyEnd = document.ReadPart(place.Start, place.End) };
                entries[i] = ReadPart(document.Root, _path);
                // Where entries were removed or added, the others follow those that are still there.
                known = _index.Value.TryGetValue(entries[i].Key, out var same) ? same : known - 1;
            }
        }
        catch (DataFileException)
        {
            return null;
        }

        return new LockParts(bytes, _path, places, entries) is var edited && places.Length > 0 && edited.AreWhole() ? edited : null;
    }

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
        var places = Split(bytes);
        if (places.Length == 0 || PartReader.TryRead(bytes, path, places, (root, _) => ReadPart(root, path)) is not { } entries) return null;
        var parts = new LockParts(bytes, path, places, entries);
        return parts.AreWhole() ? parts : null;
    }

    private static TextPart[] Split(byte[] bytes) => PartSplitter.Split(bytes, "[lock.entries."u8, inner: default);

    /// <exception cref="DataFileException">The part is not a valid entry by itself.</exception>
    private static (string Key, LockEntry? Entry) ReadPart(TomlTable root, string path)
    {
        if (OnlyTable(root, "lock") is not { } lockTable || OnlyTable(lockTable, "entries") is not { Count: 1 } entries || entries.ContainerAt(entries.FirstEntry) is not TomlTable entry) throw Unusual(path);
        var key = root.Document.Keys.Text(entry.Key);
        return (key, LockFile.ReadEntry(entry, key, path));
    }

    private static TomlTable? OnlyTable(TomlTable parent, string key) =>
        parent.Count == 1 && parent.ContainerAt(parent.FindEntry(key)) is TomlTable { Kind: TomlTableKind.Implicit } only ? only : null;

    // Entries that are written elsewhere come to another number, and those with lines elsewhere have been read.
    private bool AreWhole()
    {
        try
        {
            if (ToDocument().Root.Find("lock")?.AsTable().Find("entries")?.AsTable() is not { } entries || entries.Count != _places.Length) return false;
            for (var entry = entries.FirstEntry; entry >= 0; entry = entries.Document.Entries[entry].Next)
            {
                if (entries.ContainerAt(entry) is not TomlTable { IsUnread: true }) return false;
            }

            return true;
        }
        catch (DataFileException)
        {
            return false;
        }
    }

    // Nobody sees the message: the lock file is then read as a whole.
    private static DataFileException Unusual(string path) => new(ErrorIds.InvalidData, path, 0, 0, "not an entry by itself");
}
