using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Upstream;

/// <summary>
/// A JSON file of cached entries. A file that cannot be read counts as empty, and a failed write is only reported, because every entry can be fetched
/// again.
/// </summary>
/// <param name="file">The path of the file. Neither the file nor its folder has to exist.</param>
/// <param name="content">The name of the property that holds the entries.</param>
/// <param name="random">Makes the names of temporary files.</param>
/// <param name="report">Called with a one-line message when the file cannot be read or written.</param>
internal sealed class JsonCacheFile(string file, string content, Random random, Action<string> report)
{
    private const int Version = 1;
    private const int FlushedAt = 32 * 1024;

    public Dictionary<string, T> Read<T>(Func<JsonElement, T> parse)
    {
        var entries = new Dictionary<string, T>(StringComparer.Ordinal);
        try
        {
            if (!File.Exists(file))
            {
                return entries;
            }

            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            if (json.RootElement.GetProperty("format").GetInt32() == Version)
            {
                foreach (var entry in json.RootElement.GetProperty(content).EnumerateObject())
                {
                    entries[entry.Name] = parse(entry.Value);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            report($"Cannot read the cache '{file}' ({e.Message}); it will be rebuilt.");
            entries.Clear();
        }

        return entries;
    }

    public bool Write<T>(Dictionary<string, T> entries, Action<Utf8JsonWriter, T> write)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            new AtomicFile(new Disk(faults: null, random)).Fill(file, stream => Serialize(stream, entries, write));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StorageException)
        {
            report($"Cannot write the cache '{file}' ({e.Message}); the next refresh will ask upstream again.");
            return false;
        }
    }

    private void Serialize<T>(Stream stream, Dictionary<string, T> entries, Action<Utf8JsonWriter, T> write)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteNumber("format", Version);
        json.WriteStartObject(content);
        foreach (var (key, entry) in entries)
        {
            json.WriteStartObject(key);
            write(json, entry);
            json.WriteEndObject();
            // The writer keeps everything until then.
            if (json.BytesPending > FlushedAt) json.Flush();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
