using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Objects;

namespace SkillMeat.Snapshots;

/// <summary>The file format of a <see cref="TreeSnapshot"/>: one JSON object on a line. Its last member is the SHA-256 of everything before it.</summary>
internal static class TreeSnapshotFormat
{
    private const int Version = 2;
    public const int Largest = 1 << 20;

    private static ReadOnlySpan<byte> ChecksumMark => ",\"sha256\":\""u8;

    public static byte[] Write(TreeSnapshot snapshot)
    {
        using var file = new MemoryStream();
        using (var json = new Utf8JsonWriter(file))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Version);
            json.WriteString("id", snapshot.Id);
            json.WriteString("kind", snapshot.Kind);
            json.WriteString("collection", snapshot.Collection);
            json.WriteString("created_at", snapshot.CreatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("message", snapshot.Message);
            json.WriteNumber("artifact_count", snapshot.ArtifactCount);
            json.WriteNumber("added_bytes", snapshot.AddedBytes);
            if (snapshot.ContentBytes is { } length) json.WriteNumber("content_bytes", length);
            json.WriteString("tree", snapshot.Tree.ToString());
            json.WriteEndObject();
        }

        // The closing brace comes after the checksum.
        var content = file.ToArray().AsSpan(..^1);
        return [.. content, .. ChecksumMark, .. Encoding.ASCII.GetBytes(Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant()), .. "\"}\n"u8];
    }

    /// <exception cref="DataFileException"><see cref="ErrorIds.SnapshotCorrupt"/>: the file is truncated, modified, or not a snapshot.</exception>
    public static TreeSnapshot Read(byte[] file, string path)
    {
        var end = file.Length > Largest ? -1 : file.AsSpan().LastIndexOf(ChecksumMark);
        if (end < 0) throw Corrupt(path, "it is truncated or not a snapshot");
        try
        {
            using var json = JsonDocument.Parse(file);
            var root = json.RootElement;
            if (!Convert.ToHexString(SHA256.HashData(file.AsSpan(0, end))).Equals(root.GetProperty("sha256").GetString(), StringComparison.OrdinalIgnoreCase)) throw Corrupt(path, "its checksum does not match");
            if (root.GetProperty("format").GetInt32() != Version) throw Corrupt(path, $"its format {root.GetProperty("format")} is newer than this program");
            return new TreeSnapshot(
                root.GetProperty("id").GetString()!,
                root.GetProperty("kind").GetString()!,
                root.GetProperty("message").GetString()!,
                root.GetProperty("collection").GetString()!,
                root.GetProperty("created_at").GetDateTimeOffset().ToUniversalTime(),
                root.GetProperty("artifact_count").GetInt32(),
                root.GetProperty("added_bytes").GetInt64(),
                root.TryGetProperty("content_bytes", out var length) ? length.GetInt64() : null,
                ObjectId.TryParse(root.GetProperty("tree").GetString(), out var tree) ? tree : throw Corrupt(path, "its tree is not an object id"));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Corrupt(path, "it is damaged or not a snapshot", e);
        }
    }

    private static DataFileException Corrupt(string path, string problem, Exception? cause = null) => new(ErrorIds.SnapshotCorrupt, path, 0, 0, problem, cause);
}
