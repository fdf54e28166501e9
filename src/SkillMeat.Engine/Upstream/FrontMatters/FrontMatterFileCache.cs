using System.Text.Json;

namespace SkillMeat.Upstream.FrontMatters;

/// <summary>
/// Keeps front matter in one file, for each artifact path the blob that was read there last and what it said. Bounded by what was ever followed.
/// </summary>
/// <param name="file">The file; it and its folder need not be there.</param>
/// <param name="random">Makes names of temporary files.</param>
/// <param name="report">Told, in a line, when the file can't be read or written.</param>
internal sealed class FrontMatterFileCache(string file, Random random, Action<string> report) : IFrontMatterCache
{
    private readonly JsonCacheFile _file = new(file, "artifacts", random, report);
    private readonly object _gate = new();
    private Dictionary<string, Entry>? _byPath;
    private Dictionary<string, FrontMatter>? _byBlob;
    private bool _isChanged;

    public FrontMatter? Find(string blobId)
    {
        lock (_gate)
        {
            Load();
            return _byBlob!.GetValueOrDefault(blobId);
        }
    }

    public bool HasSeen(RepositoryAddress repository, string path)
    {
        lock (_gate)
        {
            Load();
            return _byPath!.ContainsKey(KeyOf(repository, path));
        }
    }

    public void Add(RepositoryAddress repository, string path, string blobId, FrontMatter frontMatter)
    {
        lock (_gate)
        {
            Load();
            var key = KeyOf(repository, path);
            if (_byPath!.TryGetValue(key, out var known) && known.BlobId == blobId)
            {
                return;
            }

            _byPath[key] = new Entry(blobId, frontMatter);
            _byBlob![blobId] = frontMatter;
            _isChanged = true;
        }
    }

    public void Save()
    {
        lock (_gate)
        {
            if (_isChanged && _file.Write(Merge(), WriteEntry))
            {
                _isChanged = false;
            }
        }
    }

    private static string KeyOf(RepositoryAddress repository, string path) => $"{repository.Url?.AbsoluteUri ?? repository.Folder}#{path}";

    /// <summary>Another process may have added to the file since it was read.</summary>
    private Dictionary<string, Entry> Merge()
    {
        var merged = _file.Read(Parse);
        foreach (var (key, entry) in _byPath!)
        {
            merged[key] = entry;
        }

        return merged;
    }

    private void Load()
    {
        if (_byPath is null)
        {
            _byPath = _file.Read(Parse);
            _byBlob = new Dictionary<string, FrontMatter>(_byPath.Count, StringComparer.Ordinal);
            foreach (var entry in _byPath.Values)
            {
                _byBlob[entry.BlobId] = entry.FrontMatter;
            }
        }
    }

    private static Entry Parse(JsonElement json) => new(
        json.GetProperty("blob").GetString()!,
        ParseFrontMatter(json));

    private static FrontMatter ParseFrontMatter(JsonElement json)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            if (FrontMatter.Keys.TryGetValue(member.Name, out var kind) && member.Value.ValueKind != JsonValueKind.Null) values[member.Name] = Parse(member.Value, kind);
        }

        return new FrontMatter(values);
    }

    private static object Parse(JsonElement json, FrontMatterKind kind) => kind switch
    {
        FrontMatterKind.Text => json.GetString()!,
        FrontMatterKind.Flag => json.GetBoolean(),
        _ => json.EnumerateArray().Select(text => text.GetString()!).ToList(),
    };

    private static void WriteEntry(Utf8JsonWriter json, Entry entry)
    {
        json.WriteString("blob", entry.BlobId);
        foreach (var (key, value) in entry.FrontMatter.Values)
        {
            switch (value)
            {
                case string text:
                    json.WriteString(key, text);
                    break;
                case bool flag:
                    json.WriteBoolean(key, flag);
                    break;
                default:
                    json.WriteStartArray(key);
                    foreach (var text in (IReadOnlyList<string>)value) json.WriteStringValue(text);
                    json.WriteEndArray();
                    break;
            }
        }
    }

    private sealed record Entry(string BlobId, FrontMatter FrontMatter);
}
