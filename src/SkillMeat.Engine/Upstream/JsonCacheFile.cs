using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Upstream;

/// <summary>A JSON file of entries that can be learned again. One that can't be read is an empty one; one that can't be written is not missed.</summary>
/// <param name="file">The file; it and its folder need not be there.</param>
/// <param name="content">What the entries are, as the file calls them.</param>
/// <param name="report">Told, in a line, when the file can't be read or written.</param>
internal sealed class JsonCacheFile(string file, string content, Action<string> report)
{
    private const int Version = 1;

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
            report($"The cache '{file}' can't be read ({e.Message}); it is made anew.");
            entries.Clear();
        }

        return entries;
    }

    public bool Write<T>(Dictionary<string, T> entries, Action<Utf8JsonWriter, T> write)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            new AtomicFile().Write(file, Serialize(entries, write));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StorageException)
        {
            report($"The cache '{file}' can't be written ({e.Message}); the next refresh asks again.");
            return false;
        }
    }

    private ReadOnlyMemory<byte> Serialize<T>(Dictionary<string, T> entries, Action<Utf8JsonWriter, T> write)
    {
        var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Version);
            json.WriteStartObject(content);
            foreach (var (key, entry) in entries)
            {
                json.WriteStartObject(key);
                write(json, entry);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.GetBuffer().AsMemory(0, (int)stream.Length);
    }
}
