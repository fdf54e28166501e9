using System.Text.Json;

namespace SkillMeat.Upstream.Caching;

/// <summary>A JSON file of cached entries.</summary>
/// <param name="file">The path of the file. Neither the file nor its folder has to exist.</param>
/// <param name="content">The name of the property that holds the entries.</param>
/// <param name="random">Makes the names of temporary files.</param>
/// <param name="report">Called with a one-line message when the file cannot be read or written.</param>
internal sealed class JsonCacheFile(string file, string content, Random random, Action<string> report)
{
    private const string FormatProperty = "format";
    private const int Version = 1;
    private const int FlushedAt = 32 * 1024;

    private readonly CacheFile _file = new(file, random, report);

    public Dictionary<string, T> Read<T>(Func<JsonElement, T> parse) => _file.Read(bytes => ReadEntries(bytes, parse)) ?? new Dictionary<string, T>(StringComparer.Ordinal);

    public bool Write<T>(Dictionary<string, T> entries, Action<Utf8JsonWriter, T> write) => _file.Write(stream => Serialize(stream, entries, write));

    /// <summary>Reads the entries one by one: a document of the whole file takes several times its size.</summary>
    private Dictionary<string, T> ReadEntries<T>(byte[] bytes, Func<JsonElement, T> parse)
    {
        var entries = new Dictionary<string, T>(StringComparer.Ordinal);
        var json = new Utf8JsonReader(bytes);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw new FormatException("it is no JSON object");
        var (hasFormat, hasEntries) = (false, false);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isFormat, areEntries) = (json.ValueTextEquals(FormatProperty), json.ValueTextEquals(content));
            json.Read();
            if (isFormat)
            {
                if (json.GetInt32() != Version) return entries;
                hasFormat = true;
            }
            else if (areEntries && hasFormat)
            {
                ReadMembers(ref json, parse, entries);
                hasEntries = true;
            }
            else
            {
                json.Skip();
            }
        }

        // Fails if anything follows the object.
        json.Read();
        if (!hasEntries) throw new FormatException($"it has no \"{FormatProperty}\" followed by \"{content}\"");
        return entries;
    }

    private static void ReadMembers<T>(ref Utf8JsonReader json, Func<JsonElement, T> parse, Dictionary<string, T> entries)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw new FormatException("its entries are no object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            using var entry = JsonDocument.ParseValue(ref json);
            entries[name] = parse(entry.RootElement);
        }
    }

    private void Serialize<T>(Stream stream, Dictionary<string, T> entries, Action<Utf8JsonWriter, T> write)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteNumber(FormatProperty, Version);
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
