using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>
/// The lock file of a collection (<c>collection.lock</c>), which pins artifacts to versions. It is not about mutual exclusion. Edits leave everything else as it is, byte
/// for byte.
/// </summary>
internal sealed class LockFile
{
    private readonly byte[] _bytes;
    private readonly string _path;
    private readonly bool _isNew;
    // An entry is null until it is needed, if the file is known to be valid.
    private readonly Dictionary<string, LockEntry?> _entries = new(StringComparer.Ordinal);

    /// <summary>The spellings of keys in the file by their normal spelling, for entries with other than the normal spelling only. The one that counts comes first.</summary>
    private readonly Dictionary<string, List<string>> _spellings = new(StringComparer.Ordinal);

    // Null if the file had to be read as a whole.
    private readonly LockParts? _parts;

    // Null until the first edit: most operations only read the lock file, and the parsed text takes more memory than the entries.
    private TomlDocument? _edited;

    private LockFile(byte[]? bytes, string path, LockParts? parts)
    {
        _bytes = bytes ?? CreateNew();
        _path = path;
        _isNew = bytes is null;
        _parts = parts;
        if (_parts is not null)
        {
            foreach (var (key, entry) in _parts.Entries)
            {
                Index(key, entry);
            }

            return;
        }

        if (new TableReader(TomlDocument.Parse(_bytes, path).Root, path, "the lock file").OptionalTable("lock")?.OptionalTable("entries") is { } table)
        {
            foreach (var key in table.Table.Keys)
            {
                Index(key, ReadEntry(table, key, path));
            }
        }
    }

    /// <summary>The entries by lock key.</summary>
    public IReadOnlyDictionary<string, LockEntry> Entries => _entries.Keys.ToDictionary(key => key, key => Find(key)!, StringComparer.Ordinal);

    /// <summary>Parses a lock file.</summary>
    /// <param name="bytes">The bytes of the file, or null to start a new one as Python SkillMeat does.</param>
    /// <param name="path">The path, for errors.</param>
    /// <exception cref="DataFileException">The file is not TOML, or an entry lacks a required key.</exception>
    public static LockFile Parse(byte[]? bytes, string path) => new(bytes, path, bytes is null ? null : LockParts.TryRead(bytes, path));

    /// <summary>Returns the lock file of parts that were read before.</summary>
    /// <param name="bytes">The bytes of the file, or null to start a new one as Python SkillMeat does.</param>
    /// <param name="path">The path, for errors.</param>
    /// <param name="parts">The parts, or null if there are none.</param>
    /// <exception cref="DataFileException">The file is not TOML, or an entry lacks a required key.</exception>
    public static LockFile Of(byte[]? bytes, string path, LockParts? parts) => new(bytes, path, parts);

    /// <summary>Parses a lock file with all its keys at once, so that several threads can read it.</summary>
    /// <param name="bytes">The bytes of the file, or null to start a new one as Python SkillMeat does.</param>
    /// <param name="path">The path, for errors.</param>
    /// <exception cref="DataFileException">The file is not TOML, or an entry lacks a required key.</exception>
    public static LockFile ParseWhole(byte[]? bytes, string path) => new(bytes, path, parts: null);

    /// <summary>Creates the lock file of an empty collection, as Python SkillMeat does.</summary>
    public static byte[] CreateNew() => "[lock]\nversion = \"1.0.0\"\n\n[lock.entries]\n"u8.ToArray();

    public byte[] ToBytes() => _edited?.ToBytes() ?? _bytes;

    public LockEntry? Find(ArtifactId id) => Find(id.LockKey);

    /// <summary>The parts of the file as it was read, or null if it had to be read as a whole.</summary>
    public LockParts? Parts => _parts;

    /// <summary>Whether each entry has a place in the file as it was read.</summary>
    public bool HasPlaces => _parts is not null || _entries.Count == 0;

    /// <summary>Returns the table of an artifact's entry, or null if there is none.</summary>
    public TomlTable? FindTable(ArtifactId id) => _entries.ContainsKey(id.LockKey) ? EntriesTable().Find(KeysOf(id)[0])!.AsTable() : null;

    /// <summary>Returns the place of an artifact's entry in the file as it was read, or null if there is none.</summary>
    public TextPart? FindPlace(ArtifactId id) => _entries.ContainsKey(id.LockKey) ? _parts!.PlaceOf(KeysOf(id)[0]) : null;

    /// <summary>Whether the entry of an artifact is the same, byte for byte, in another lock file as both were read, or missing in both.</summary>
    public bool HasSameEntry(LockFile other, ArtifactId id)
    {
        if (ReferenceEquals(_bytes, other._bytes)) return true;
        var (one, two) = (FindPlace(id), other.FindPlace(id));
        return one is null || two is null ? one is null && two is null : Text(one.Value).SequenceEqual(other.Text(two.Value));
    }

    private ReadOnlySpan<byte> Text(TextPart place) => _bytes.AsSpan(place.Start, place.BodyEnd - place.Start).TrimEnd("\r\n"u8);

    /// <summary>Pins an artifact, in its existing entry, which keeps its unknown keys, or in a new one at the end.</summary>
    /// <remarks>A null removes the key. If several entries spell the type differently, only the one that counts is kept.</remarks>
    public void Set(ArtifactId id, LockEntry entry, DateTimeOffset fetched)
    {
        var table = EntryTable(id, id.LockKey);
        table.Set("content_hash", TomlValue.Of(entry.ContentHash));
        table.Set("fetched", TomlValue.Of(IsoTime.Write(fetched)));
        SetOrRemove(table, "upstream", entry.Upstream);
        SetOrRemove(table, "resolved_sha", entry.ResolvedSha);
        SetOrRemove(table, "resolved_version", entry.ResolvedVersion);
        _entries[id.LockKey] = entry;
    }

    /// <summary>Removes the entry of an artifact, in every spelling.</summary>
    /// <returns>False if there is no entry, and nothing changes.</returns>
    public bool Remove(ArtifactId id)
    {
        if (!_entries.Remove(id.LockKey))
        {
            return false;
        }

        var entries = EntriesTable();
        foreach (var key in KeysOf(id))
        {
            entries.Remove(key);
        }

        _spellings.Remove(id.LockKey);
        return true;
    }

    /// <summary>Copies the entry of an artifact from another lock file, with unknown keys. If it has none there, removes it here.</summary>
    /// <returns>False if both entries are equal. Nothing changes then, except that other spellings are removed.</returns>
    public bool CopyEntry(LockFile other, ArtifactId id)
    {
        if (other.Find(id) is not { } entry)
        {
            return Remove(id);
        }

        var key = other.KeysOf(id)[0];
        var isChanged = TableCopy.Copy(other.EntriesTable().Find(key)!.AsTable(), EntryTable(id, key));
        _entries[id.LockKey] = entry;
        return isChanged;
    }

    /// <summary>Copies the entry of an artifact from another lock file for an artifact that has none here, with unknown keys.</summary>
    public void CopyEntryAs(LockFile other, ArtifactId id, ArtifactId newId)
    {
        if (other.Find(id) is not { } entry) return;
        TableCopy.Copy(other.EntriesTable().Find(other.KeysOf(id)[0])!.AsTable(), EntryTable(newId, newId.LockKey));
        _entries[newId.LockKey] = entry;
    }

    private static void SetOrRemove(TomlTable table, string key, string? text)
    {
        if (text is null)
        {
            table.Remove(key);
        }
        else
        {
            table.Set(key, TomlValue.Of(text));
        }
    }

    /// <summary>Returns the only entry of an artifact. Creates it if necessary.</summary>
    private TomlTable EntryTable(ArtifactId id, string newKey)
    {
        var entries = EntriesTable();
        if (!_entries.ContainsKey(id.LockKey))
        {
            var added = entries.GetOrAddTable(newKey);
            if (_isNew)
            {
                entries.OmitHeader();
            }

            if (newKey != id.LockKey)
            {
                _spellings[id.LockKey] = [newKey];
            }

            return added;
        }

        var keys = KeysOf(id);
        foreach (var key in keys.Skip(1))
        {
            entries.Remove(key);
        }

        if (keys.Count > 1)
        {
            _spellings[id.LockKey] = [keys[0]];
        }

        return entries.Find(keys[0])!.AsTable();
    }

    private TomlTable EntriesTable() => (_edited ??= _parts?.ToDocument() ?? TomlDocument.Parse(_bytes, _path)).Root.GetOrAddTable("lock").GetOrAddTable("entries");

    private LockEntry? Find(string key) => _entries.TryGetValue(key, out var entry) ? entry ?? _parts!.ReadEntry(KeysOf(key)[0]) : null;

    /// <summary>Returns the keys of an artifact's entries, the one that counts first.</summary>
    private List<string> KeysOf(ArtifactId id) => KeysOf(id.LockKey);

    private List<string> KeysOf(string normal) => _spellings.GetValueOrDefault(normal) ?? [normal];

    private void Index(string key, LockEntry? entry)
    {
        var normal = Normalize(key);
        if (_entries.TryAdd(normal, entry))
        {
            if (normal != key)
            {
                _spellings[normal] = [key];
            }

            return;
        }

        var spellings = _spellings.TryGetValue(normal, out var known) ? known : _spellings[normal] = [normal];
        // If a type is spelled in two ways, the entry with the normal spelling counts.
        if (normal == key)
        {
            _entries[normal] = entry;
            spellings.Insert(0, key);
        }
        else
        {
            spellings.Add(key);
        }
    }

    /// <exception cref="DataFileException">The entry is not a table, or lacks a required key.</exception>
    private static LockEntry ReadEntry(TableReader entries, string key, string path)
    {
        var value = entries.Table.Find(key)!;
        return value.Kind == TomlValueKind.Table ? ReadEntry(value.AsTable(), key, path) : throw entries.Invalid(value.Position, $"lock entry '{key}' is not a table");
    }

    /// <exception cref="DataFileException">The entry lacks a required key.</exception>
    public static LockEntry ReadEntry(TomlTable table, string key, string path)
    {
        var entry = new TableReader(table, path, "lock entry", key);
        entry.Require("fetched");
        return new LockEntry(entry.RequiredText("content_hash"), entry.OptionalText("upstream"), entry.OptionalText("resolved_sha"), entry.OptionalText("resolved_version"));
    }

    /// <summary>Normalizes the spelling of the type. A key is split at its first <c>::</c>.</summary>
    private static string Normalize(string key)
    {
        var split = key.IndexOf("::", StringComparison.Ordinal);
        if (split <= 0 || !ArtifactType.TryParse(key[(split + 2)..], out var type)) return key;
        return key.AsSpan(split + 2).SequenceEqual(type.Name) ? key : new ArtifactId(type, key[..split]).LockKey;
    }
}
