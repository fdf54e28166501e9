using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using SkillMeat.Errors;

namespace SkillMeat.Snapshots;

/// <summary>
/// The file format of a <see cref="ManifestSnapshot"/>: one gzipped JSON object. Its short members come first, so that a list need not read the long ones.
/// The two files are stored as text, readable with <c>zcat</c> in an emergency, each with the SHA-256 of its bytes.
/// </summary>
internal static class ManifestSnapshotFormat
{
    private const int Version = 1;
    private const int LargestHeader = 16 * 1024;

    private static readonly string[] HeaderNames = ["format", "id", "kind", "collection", "created_at", "message", "artifact_count"];

    public static byte[] Write(ManifestSnapshot snapshot)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        using (var json = new Utf8JsonWriter(gzip))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Version);
            json.WriteString("id", snapshot.Id);
            json.WriteString("kind", snapshot.Kind);
            json.WriteString("collection", snapshot.Collection);
            json.WriteString("created_at", snapshot.CreatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("message", snapshot.Message);
            json.WriteNumber("artifact_count", snapshot.ArtifactCount);
            WriteFile(json, "manifest", snapshot.Manifest);
            WriteFile(json, "lock", snapshot.LockFile);
            json.WriteEndObject();
        }

        return file.ToArray();
    }

    /// <exception cref="DataFileException"><see cref="ErrorIds.SnapshotCorrupt"/>: the file is truncated, modified, or not a snapshot.</exception>
    public static ManifestSnapshot Read(byte[] file, string path)
    {
        try
        {
            using var json = JsonDocument.Parse(Decompress(file));
            var root = json.RootElement;
            var info = ReadHeader(root, path);
            return new ManifestSnapshot(
                info.SnapshotId,
                info.Kind,
                info.Message,
                info.Collection,
                info.CreatedAt,
                info.ArtifactCount,
                ReadFile(root.GetProperty("manifest"), path, "manifest") ?? throw Corrupt(path, "it contains no manifest"),
                ReadFile(root.GetProperty("lock"), path, "lock file"));
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw Corrupt(path, "it is damaged or not a snapshot", e);
        }
    }

    /// <summary>Reads only the data for lists.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.SnapshotCorrupt"/>.</exception>
    public static SnapshotInfo ReadInfo(Stream file, long size, string path)
    {
        try
        {
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            var start = new byte[LargestHeader];
            var length = gzip.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return ReadHeader(new Utf8JsonReader(start.AsSpan(0, length), isFinalBlock: false, state: default), size, path);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException or FormatException or OverflowException)
        {
            throw Corrupt(path, "it is damaged or not a snapshot", e);
        }
    }

    private static SnapshotInfo ReadHeader(Utf8JsonReader json, long size, string path)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        while (values.Count < HeaderNames.Length && json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            var name = json.GetString()!;
            if (!json.Read())
            {
                break;
            }

            if (Array.IndexOf(HeaderNames, name) >= 0)
            {
                values[name] = json.TokenType == JsonTokenType.Number ? json.GetInt64().ToString(CultureInfo.InvariantCulture) : json.GetString() ?? "";
            }
            else if (!json.TrySkip())
            {
                break;
            }
        }

        return values.Count == HeaderNames.Length && values["format"] == "1"
            ? new SnapshotInfo(
                values["id"],
                values["kind"],
                values["collection"],
                DateTimeOffset.Parse(values["created_at"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
                values["message"],
                int.Parse(values["artifact_count"], CultureInfo.InvariantCulture),
                size)
            : throw Corrupt(path, "it is damaged or not a snapshot");
    }

    private static SnapshotInfo ReadHeader(JsonElement root, string path) => root.GetProperty("format").GetInt32() == Version
        ? new SnapshotInfo(
            root.GetProperty("id").GetString()!,
            root.GetProperty("kind").GetString()!,
            root.GetProperty("collection").GetString()!,
            root.GetProperty("created_at").GetDateTimeOffset().ToUniversalTime(),
            root.GetProperty("message").GetString()!,
            root.GetProperty("artifact_count").GetInt32(),
            SizeBytes: 0)
        : throw Corrupt(path, $"its format {root.GetProperty("format")} is newer than this program");

    private static void WriteFile(Utf8JsonWriter json, string name, byte[]? bytes)
    {
        if (bytes is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("sha256", Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant());
        // A byte order mark is a character of the text and survives. Bytes that are not UTF-8 are not TOML, but may be the damage that a restore is to undo.
        if (Utf8.IsValid(bytes))
        {
            json.WriteString("text", bytes);
        }
        else
        {
            json.WriteBase64String("base64", bytes);
        }

        json.WriteEndObject();
    }

    private static byte[]? ReadFile(JsonElement file, string path, string what)
    {
        if (file.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var bytes = file.TryGetProperty("text", out var text) ? Encoding.UTF8.GetBytes(text.GetString()!) : file.GetProperty("base64").GetBytesFromBase64();
        return Convert.ToHexString(SHA256.HashData(bytes)).Equals(file.GetProperty("sha256").GetString(), StringComparison.OrdinalIgnoreCase)
            ? bytes
            : throw Corrupt(path, $"its {what} is damaged: the checksum does not match");
    }

    private static byte[] Decompress(byte[] file)
    {
        using var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
        using var plain = new MemoryStream(file.Length * 4);
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private static DataFileException Corrupt(string path, string problem, Exception? cause = null) =>
        new(ErrorIds.SnapshotCorrupt, path, 0, 0, problem, cause);
}
