using System.Text.Json;

namespace SkillMeat.Upstream.GitHub;

/// <summary>The JSON of an <see cref="EtagEntry"/>.</summary>
internal static class EtagJson
{
    /// <summary>Reads an entry. Entries without a time, which older versions wrote, count as outdated.</summary>
    /// <exception cref="Exception">It is none: <see cref="KeyNotFoundException"/>, <see cref="InvalidOperationException"/> or <see cref="FormatException"/>.</exception>
    public static EtagEntry Parse(JsonElement json) => new(
        json.GetProperty("etag").GetString(),
        json.TryGetProperty("read_at", out var readAt) ? readAt.GetDateTimeOffset() : DateTimeOffset.MinValue,
        new RepositoryFacts(
            json.GetProperty("description").GetString(),
            json.GetProperty("topics").EnumerateArray().Select(t => t.GetString() ?? throw new FormatException("a topic is null")).ToList(),
            json.GetProperty("license").GetString(),
            json.GetProperty("archived").GetBoolean()));

    /// <summary>Reads an entry from its bytes. Null if it is none.</summary>
    public static EtagEntry? Parse(byte[] bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return Parse(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Writes the properties of an entry.</summary>
    public static void Write(Utf8JsonWriter json, EtagEntry entry)
    {
        json.WriteString("etag", entry.ETag);
        json.WriteString("read_at", entry.ReadAt);
        json.WriteString("description", entry.Facts.Description);
        json.WriteStartArray("topics");
        foreach (var topic in entry.Facts.Topics) json.WriteStringValue(topic);
        json.WriteEndArray();
        json.WriteString("license", entry.Facts.License);
        json.WriteBoolean("archived", entry.Facts.IsArchived);
    }

    /// <summary>Returns the bytes of an entry.</summary>
    public static byte[] ToBytes(EtagEntry entry)
    {
        using var stream = new MemoryStream();
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        Write(json, entry);
        json.WriteEndObject();
        json.Flush();
        return stream.ToArray();
    }
}
