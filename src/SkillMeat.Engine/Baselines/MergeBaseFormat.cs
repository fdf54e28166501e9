using System.Buffers;
using System.Text.Json;
using SkillMeat.Collections;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Baselines;

/// <summary>Reads and writes a <see cref="MergeBaseList"/> as JSON.</summary>
internal static class MergeBaseFormat
{
    private const int Version = 1;

    // Of one merge base, so that few copies are made.
    private const int MostLikelyLength = 280;

    public static ReadOnlyMemory<byte> Write(MergeBaseList list)
    {
        var file = new ArrayBufferWriter<byte>(MostLikelyLength * (list.All.Count + 1));
        using (var json = new Utf8JsonWriter(file))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Version);
            json.WriteStartArray("baselines");
            foreach (var one in list.All) Write(json, one);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        file.Write("\n"u8);
        return file.WrittenMemory;
    }

    /// <summary>Reads a list. Returns null if the file is invalid, which is no error: merges then look for the base upstream and in snapshots.</summary>
    public static MergeBaseList? TryRead(byte[] bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return json.RootElement.GetProperty("format").GetInt32() == Version
                ? new MergeBaseList(json.RootElement.GetProperty("baselines").EnumerateArray().Select(Read).OfType<MergeBase>())
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, MergeBase one)
    {
        json.WriteStartObject();
        json.WriteString("type", one.Artifact.Type.Name);
        json.WriteString("name", one.Artifact.Name);
        json.WriteString("content_hash", one.ContentHash);
        json.WriteString("file", one.Content.Name);
        json.WriteString("kind", one.Content.Kind.ToString());
        json.WriteString("object", one.Object.ToString());
        json.WriteNumber("size", one.Content.Size);
        json.WriteEndObject();
    }

    private static MergeBase? Read(JsonElement one) =>
        ArtifactType.TryParse(one.GetProperty("type").GetString(), out var type)
        && ObjectId.TryParse(one.GetProperty("object").GetString(), out var id)
        && Enum.TryParse<TreeEntryKind>(one.GetProperty("kind").GetString(), out var kind)
            ? new MergeBase(
                new ArtifactId(type, one.GetProperty("name").GetString()!),
                one.GetProperty("content_hash").GetString()!,
                new TreeEntry(one.GetProperty("file").GetString()!, kind, id, one.GetProperty("size").GetInt64()))
            : null;
}
