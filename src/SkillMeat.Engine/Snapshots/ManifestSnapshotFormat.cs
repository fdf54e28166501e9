using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
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

    /// <summary>The largest length of a file. Manifest and lock file of 100,000 artifacts compress to less.</summary>
    public const long MostBytes = 32L << 20;

    // Of the JSON object with the two files.
    private const long MostUnpackedBytes = 96L << 20;

    private static readonly string[] HeaderNames = ["format", "id", "kind", "collection", "created_at", "message", "artifact_count"];

    public static byte[] Write(ManifestSnapshot snapshot)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        {
            // The two files are written around the writer, which would need six times their size in one piece.
            gzip.Write(Header(snapshot).AsSpan()[..^1]);
            WriteFile(gzip, "manifest", snapshot.Manifest);
            WriteFile(gzip, "lock", snapshot.LockFile);
            gzip.Write("}"u8);
        }

        var bytes = file.ToArray();
        return bytes.Length <= MostBytes && UnpackedLength(bytes) <= MostUnpackedBytes
            ? bytes
            : throw new SkillMeatException(ErrorIds.StorageFailed, $"Manifest and lock file of collection '{snapshot.Collection}' are too large for a snapshot, which holds {MostUnpackedBytes} bytes of both. Nothing was changed.");
    }

    /// <exception cref="DataFileException"><see cref="ErrorIds.SnapshotCorrupt"/>: the file is truncated, modified, or not a snapshot.</exception>
    public static ManifestSnapshot Read(byte[] file, string path)
    {
        try
        {
            var plain = Decompress(file, path);
            var info = ReadHeader(new Utf8JsonReader(plain), size: 0, path);
            var (manifest, lockFile) = ReadFiles(plain, path);
            return new ManifestSnapshot(info.SnapshotId, info.Kind, info.Message, info.Collection, info.CreatedAt, info.ArtifactCount, manifest ?? throw Corrupt(path, "it contains no manifest"), lockFile);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException or FormatException or OverflowException or ArgumentException or EndOfStreamException)
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

        if (values.TryGetValue("format", out var format) && format != Version.ToString(CultureInfo.InvariantCulture)) throw Corrupt(path, $"its format {format} is newer than this program");
        return values.Count == HeaderNames.Length
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

    /// <summary>Returns the object with its short members only.</summary>
    private static byte[] Header(ManifestSnapshot snapshot)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Version);
            json.WriteString("id", snapshot.Id);
            json.WriteString("kind", snapshot.Kind);
            json.WriteString("collection", snapshot.Collection);
            json.WriteString("created_at", snapshot.CreatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("message", snapshot.Message);
            json.WriteNumber("artifact_count", snapshot.ArtifactCount);
            json.WriteEndObject();
        }

        return header.ToArray();
    }

    private static void WriteFile(Stream json, string name, byte[]? bytes)
    {
        json.Write(Encoding.ASCII.GetBytes($",\"{name}\":"));
        if (bytes is null)
        {
            json.Write("null"u8);
            return;
        }

        json.Write(Encoding.ASCII.GetBytes($$"""{"sha256":"{{Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant()}}","""));
        // A byte order mark is a character of the text and survives. Bytes that are not UTF-8 are not TOML, but may be the damage that a restore is to undo.
        if (Utf8.IsValid(bytes))
        {
            json.Write("\"text\":\""u8);
            WriteEscaped(json, bytes);
        }
        else
        {
            json.Write("\"base64\":\""u8);
            json.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)));
        }

        json.Write("\"}"u8);
    }

    /// <summary>Writes the characters of a JSON string, in pieces.</summary>
    private static void WriteEscaped(Stream json, ReadOnlySpan<byte> utf8)
    {
        Span<byte> piece = stackalloc byte[4096];
        while (!utf8.IsEmpty)
        {
            JavaScriptEncoder.Default.EncodeUtf8(utf8, piece, out var read, out var written);
            json.Write(piece[..written]);
            utf8 = utf8[read..];
        }
    }

    // Without a document, which takes a multiple of the length of its text.
    private static (byte[]? Manifest, byte[]? LockFile) ReadFiles(byte[] plain, string path)
    {
        var json = new Utf8JsonReader(plain);
        byte[]? manifest = null;
        byte[]? lockFile = null;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw new FormatException("it is no JSON object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isManifest, isLockFile) = (json.ValueTextEquals("manifest"), json.ValueTextEquals("lock"));
            json.Read();
            if (isManifest) manifest = ReadFile(ref json, path, "manifest");
            else if (isLockFile) lockFile = ReadFile(ref json, path, "lock file");
            else json.Skip();
        }

        // Fails if anything follows the object.
        json.Read();
        return (manifest, lockFile);
    }

    private static byte[]? ReadFile(ref Utf8JsonReader json, string path, string what)
    {
        if (json.TokenType == JsonTokenType.Null) return null;
        if (json.TokenType != JsonTokenType.StartObject) throw new FormatException("a file is no object");
        byte[]? bytes = null;
        string? sha256 = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isText, isBase64, isHash) = (json.ValueTextEquals("text"), json.ValueTextEquals("base64"), json.ValueTextEquals("sha256"));
            json.Read();
            if (isText) bytes = ReadText(ref json);
            else if (isBase64) bytes = json.GetBytesFromBase64();
            else if (isHash) sha256 = json.GetString();
            else json.Skip();
        }

        return bytes is not null && Convert.ToHexString(SHA256.HashData(bytes)).Equals(sha256, StringComparison.OrdinalIgnoreCase)
            ? bytes
            : throw Corrupt(path, $"its {what} is damaged: the checksum does not match");
    }

    private static byte[] ReadText(ref Utf8JsonReader json)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(json.ValueSpan.Length);
        return buffer[..json.CopyString(buffer)];
    }

    // A file of three megabytes can unpack to gigabytes, so its length is known before it is unpacked.
    private static byte[] Decompress(byte[] file, string path)
    {
        if (file.Length < sizeof(uint)) throw new InvalidDataException("it is too short");
        var length = UnpackedLength(file);
        if (length > MostUnpackedBytes) throw Corrupt(path, $"it unpacks to more than {MostUnpackedBytes} bytes, the limit for a snapshot of manifest and lock file");
        using var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
        var plain = GC.AllocateUninitializedArray<byte>((int)length);
        gzip.ReadExactly(plain);
        return gzip.ReadByte() < 0 ? plain : throw new InvalidDataException("it unpacks to more than it says");
    }

    private static uint UnpackedLength(ReadOnlySpan<byte> gzip) => BinaryPrimitives.ReadUInt32LittleEndian(gzip[^sizeof(uint)..]);

    private static DataFileException Corrupt(string path, string problem, Exception? cause = null) =>
        new(ErrorIds.SnapshotCorrupt, path, 0, 0, problem, cause);
}
