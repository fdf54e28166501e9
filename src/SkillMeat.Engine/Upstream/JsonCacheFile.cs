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
    private const string FormatProperty = "format";
    private const int Version = 1;
    private const int FlushedAt = 32 * 1024;

    // Far more than any cache needs: all of them drop old entries, or have one for each artifact.
    private const long MostBytes = 256L * 1024 * 1024;

    public Dictionary<string, T> Read<T>(Func<JsonElement, T> parse)
    {
        var entries = new Dictionary<string, T>(StringComparer.Ordinal);
        try
        {
            if (!File.Exists(file)) return entries;
            ReadEntries(ReadBytes(), parse, entries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or StorageException)
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
            OwnFolders.Check(Path.GetDirectoryName(file)!);
            OwnFolders.Check(file);
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

    private byte[] ReadBytes()
    {
        OwnFolders.Check(Path.GetDirectoryName(file)!);
        return RegularFile.ReadAllBytes(file, MostBytes, LinkUse.Refuse);
    }

    /// <summary>Reads the entries one by one: a document of the whole file takes several times its size.</summary>
    private void ReadEntries<T>(byte[] bytes, Func<JsonElement, T> parse, Dictionary<string, T> entries)
    {
        var json = new Utf8JsonReader(bytes);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw new FormatException("it is no JSON object");
        var (hasFormat, hasEntries) = (false, false);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isFormat, areEntries) = (json.ValueTextEquals(FormatProperty), json.ValueTextEquals(content));
            json.Read();
            if (isFormat)
            {
                if (json.GetInt32() != Version) return;
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
