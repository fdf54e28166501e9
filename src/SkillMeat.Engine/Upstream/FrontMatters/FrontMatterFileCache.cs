using System.Text.Json;

namespace SkillMeat.Upstream.FrontMatters;

/// <summary>
/// Caches front matter in one file: for each artifact path, the last blob that was read there and its front matter. Its size is bounded by the number
/// of paths ever followed.
/// </summary>
/// <param name="file">The path of the file. Neither the file nor its folder has to exist.</param>
/// <param name="report">Called with a one-line message when the file cannot be read or written.</param>
internal sealed class FrontMatterFileCache(string file, Action<string> report) : IFrontMatterCache
{
    private readonly JsonCacheFile _file = new(file, "artifacts", report);
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

    /// <summary>Merges the entries with those in the file, because another process may have changed it since it was read.</summary>
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
        new FrontMatter
        {
            Name = Text(json, "name"),
            Description = Text(json, "description"),
            Author = Text(json, "author"),
            License = Text(json, "license"),
            Category = Text(json, "category"),
            Deprecated = json.TryGetProperty("deprecated", out var deprecated) ? deprecated.GetBoolean() : null,
            Tags = json.TryGetProperty("tags", out var tags) ? tags.EnumerateArray().Select(t => t.GetString()!).ToList() : null,
        });

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static void WriteEntry(Utf8JsonWriter json, Entry entry)
    {
        json.WriteString("blob", entry.BlobId);
        WriteText(json, "name", entry.FrontMatter.Name);
        WriteText(json, "description", entry.FrontMatter.Description);
        WriteText(json, "author", entry.FrontMatter.Author);
        WriteText(json, "license", entry.FrontMatter.License);
        WriteText(json, "category", entry.FrontMatter.Category);
        if (entry.FrontMatter.Deprecated is { } deprecated)
        {
            json.WriteBoolean("deprecated", deprecated);
        }

        if (entry.FrontMatter.Tags is { } tags)
        {
            json.WriteStartArray("tags");
            foreach (var tag in tags)
            {
                json.WriteStringValue(tag);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private sealed record Entry(string BlobId, FrontMatter FrontMatter);
}
