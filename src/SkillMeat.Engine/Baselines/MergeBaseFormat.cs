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

    /// <summary>Reads a list, without the merge bases that are invalid. Returns null if the file is no list, which is no error: merges then look for the base upstream and in snapshots.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="isComplete">Whether every merge base is valid.</param>
    public static MergeBaseList? TryRead(byte[] bytes, out bool isComplete)
    {
        isComplete = false;
        try
        {
            using var json = JsonDocument.Parse(bytes);
            if (json.RootElement.GetProperty("format").GetInt32() != Version) return null;
            var all = json.RootElement.GetProperty("baselines").EnumerateArray().Select(TryReadOne).ToList();
            isComplete = all.TrueForAll(one => one is not null);
            return new MergeBaseList(all.OfType<MergeBase>());
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

    // One that this version does not understand must not make the others unknown.
    private static MergeBase? TryReadOne(JsonElement one)
    {
        try
        {
            return Read(one);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    // Strict, because the object and the name come into the collection with a merge.
    private static MergeBase Read(JsonElement one)
    {
        if (!ArtifactType.TryParse(one.GetProperty("type").GetString(), out var type)) throw new FormatException("the type of a merge base is unknown");
        if (!ObjectId.TryParse(one.GetProperty("object").GetString(), out var id)) throw new FormatException("the object of a merge base is no id");
        if (!Enum.TryParse<TreeEntryKind>(one.GetProperty("kind").GetString(), out var kind) || !Enum.IsDefined(kind)) throw new FormatException("the kind of a merge base is unknown");
        var (name, file, size) = (one.GetProperty("name").GetString() ?? "", one.GetProperty("file").GetString() ?? "", one.GetProperty("size").GetInt64());
        if (ArtifactId.DescribeBadName(name) is not null || !TreeFormat.IsName(file) || size < 0) throw new FormatException("a merge base has an impossible name or size");
        return new MergeBase(new ArtifactId(type, name), one.GetProperty("content_hash").GetString() ?? throw new FormatException("a merge base has no content hash"), new TreeEntry(file, kind, id, size));
    }
}
