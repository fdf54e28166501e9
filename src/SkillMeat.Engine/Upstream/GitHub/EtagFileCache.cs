using System.Text.Json;
using SkillMeat.Upstream.Caching;

namespace SkillMeat.Upstream.GitHub;

/// <summary>Caches REST answers in one file.</summary>
/// <param name="file">The path of the file. Neither the file nor its folder has to exist.</param>
/// <param name="random">Makes the names of temporary files.</param>
/// <param name="report">Called with a one-line message when the file cannot be read or written.</param>
internal sealed class EtagFileCache(string file, Random random, Action<string> report) : IEtagCache
{
    private readonly JsonCacheFile _file = new(file, "repositories", random, report);
    private readonly object _gate = new();
    private Dictionary<string, EtagEntry>? _entries;
    private bool _isChanged;

    public EtagEntry? Find(Uri address)
    {
        lock (_gate)
        {
            return Entries().GetValueOrDefault(address.AbsoluteUri);
        }
    }

    public void Add(Uri address, EtagEntry entry)
    {
        lock (_gate)
        {
            Entries()[address.AbsoluteUri] = entry;
            _isChanged = true;
        }
    }

    public void Save()
    {
        lock (_gate)
        {
            if (_isChanged && _file.Write(Merge(), Write))
            {
                _isChanged = false;
            }
        }
    }

    private Dictionary<string, EtagEntry> Entries() => _entries ??= _file.Read(Parse);

    /// <summary>Merges the entries with those in the file, because another process may have changed it since it was read.</summary>
    private Dictionary<string, EtagEntry> Merge()
    {
        var merged = _file.Read(Parse);
        foreach (var (address, entry) in Entries())
        {
            merged[address] = entry;
        }

        return merged;
    }

    /// <summary>Entries without a time, which older versions wrote, count as outdated.</summary>
    private static EtagEntry Parse(JsonElement json) => new(
        json.GetProperty("etag").GetString(),
        json.TryGetProperty("read_at", out var readAt) ? readAt.GetDateTimeOffset() : DateTimeOffset.MinValue,
        new RepositoryFacts(
            json.GetProperty("description").GetString(),
            json.GetProperty("topics").EnumerateArray().Select(t => t.GetString() ?? throw new FormatException("a topic is null")).ToList(),
            json.GetProperty("license").GetString(),
            json.GetProperty("archived").GetBoolean()));

    private static void Write(Utf8JsonWriter json, EtagEntry entry)
    {
        json.WriteString("etag", entry.ETag);
        json.WriteString("read_at", entry.ReadAt);
        json.WriteString("description", entry.Facts.Description);
        json.WriteStartArray("topics");
        foreach (var topic in entry.Facts.Topics)
        {
            json.WriteStringValue(topic);
        }

        json.WriteEndArray();
        json.WriteString("license", entry.Facts.License);
        json.WriteBoolean("archived", entry.Facts.IsArchived);
    }
}
