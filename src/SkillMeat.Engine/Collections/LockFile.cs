using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary><c>collection.lock</c>: what each artifact's files are pinned to. (Not mutual exclusion, in spite of its name.)</summary>
internal sealed class LockFile
{
    private readonly Dictionary<string, LockEntry> _entries;

    private LockFile(Dictionary<string, LockEntry> entries)
    {
        _entries = entries;
    }

    /// <summary>The entries by lock key.</summary>
    public IReadOnlyDictionary<string, LockEntry> Entries => _entries;

    /// <exception cref="DataFileException">The file is not TOML, or an entry lacks what every entry has.</exception>
    public static LockFile Parse(byte[]? bytes, string path)
    {
        var entries = new Dictionary<string, LockEntry>(StringComparer.Ordinal);
        if (bytes is null)
        {
            return new LockFile(entries);
        }

        var root = new TableReader(TomlDocument.Parse(bytes, path).Root, path, "the lock file");
        if (root.OptionalTable("lock")?.OptionalTable("entries") is { } table)
        {
            foreach (var key in table.Table.Keys)
            {
                var normal = Normalize(key);
                var entry = ReadEntry(table, key, path);
                // Two spellings of one type: the one that is spelled as we spell it counts.
                if (normal == key || !entries.ContainsKey(normal))
                {
                    entries[normal] = entry;
                }
            }
        }

        return new LockFile(entries);
    }

    /// <summary>The lock file of a collection without artifacts, as the original writes it.</summary>
    public static byte[] CreateNew() => "[lock]\nversion = \"1.0.0\"\n\n[lock.entries]\n"u8.ToArray();

    public LockEntry? Find(ArtifactId id) => _entries.GetValueOrDefault(id.LockKey);

    private static LockEntry ReadEntry(TableReader entries, string key, string path)
    {
        var value = entries.Table.Find(key)!;
        if (value.Kind != TomlValueKind.Table)
        {
            throw entries.Invalid(value.Position, $"lock entry '{key}' is not a table");
        }

        var entry = new TableReader(value.AsTable(), path, () => $"lock entry '{key}'");
        entry.Require("fetched");
        return new LockEntry(entry.RequiredText("content_hash"), entry.OptionalText("resolved_sha"), entry.OptionalText("resolved_version"));
    }

    /// <summary>A key is split at its first <c>::</c>; types have several spellings.</summary>
    private static string Normalize(string key)
    {
        var split = key.IndexOf("::", StringComparison.Ordinal);
        return split > 0 && ArtifactType.TryParse(key[(split + 2)..], out var type) ? new ArtifactId(type, key[..split]).LockKey : key;
    }
}
