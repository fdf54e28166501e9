using System.Security.Cryptography;
using System.Text;
using SkillMeat.Objects;
using SkillMeat.Storage.Files;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>
/// A cache of the places of all artifacts in the manifest and the lock file of a collection, so that one artifact can be shown or changed without parsing thousands. It can be deleted at
/// any time; a damaged one is ignored. It cannot be outdated, because it names the bytes that it describes.
/// </summary>
/// <remarks>
/// Format: "SKMPART" and the version; the SHA-256 of the manifest and of the lock file; the number of artifacts, and for each the distance of its header from the end of the previous one, the
/// length of its lines, that of what follows until the next header, type, name and path; the same for the entries of the lock file, with the key; at the end the SHA-256 of all this. A text is
/// its length in bytes and its UTF-8.
/// </remarks>
internal sealed class PartsIndex(Disk disk, HomeLayout layout, string collection)
{
    private const int HashLength = 32;

    // Smaller files are parsed as fast.
    private const int IndexedFrom = 100_000;

    private static ReadOnlySpan<byte> Header => "SKMPART\u0001"u8;

    private string FilePath => Path.Combine(layout.CacheFolder, $"parts-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(collection)).AsSpan(0, 8)).ToLowerInvariant()}.index");

    /// <summary>Returns the parts of these files, or null if they are not known.</summary>
    public (ManifestParts Manifest, LockParts LockFile)? Find(byte[] manifest, byte[]? lockFile)
    {
        if (lockFile is null || !IsWorthwhile(manifest) || UnflushedFile.TryRead(FilePath) is not { } bytes) return null;
        try
        {
            var content = bytes.AsSpan(0, Math.Max(0, bytes.Length - HashLength));
            if (!content.StartsWith(Header) || !SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length))) return null;
            var reader = new ByteReader(content[Header.Length..]);
            if (!reader.Bytes(HashLength).SequenceEqual(SHA256.HashData(manifest)) || !reader.Bytes(HashLength).SequenceEqual(SHA256.HashData(lockFile))) return null;
            return Read(ref reader, manifest, lockFile);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Whether a manifest is so large that an index saves time.</summary>
    public static bool IsWorthwhile(byte[] manifest) => manifest.Length >= IndexedFrom;

    /// <summary>Writes the parts of valid files. A failure only makes the next reading slower, so it is ignored.</summary>
    public bool TryWrite(byte[] manifest, byte[] lockFile, ManifestParts parts, LockParts entries)
    {
        var target = new ByteWriter(1 << 16);
        target.Bytes(Header);
        target.Bytes(SHA256.HashData(manifest));
        target.Bytes(SHA256.HashData(lockFile));
        WritePlaces(target, parts.Places);
        foreach (var part in parts.All)
        {
            WriteText(target, part.Id.Type.Name);
            WriteText(target, part.Id.Name);
            WriteText(target, part.Path ?? part.Artifact!.Path);
        }

        WritePlaces(target, entries.Places);
        foreach (var (key, _) in entries.Entries) WriteText(target, key);
        target.Bytes(SHA256.HashData(target.Span));
        return UnflushedFile.TryWrite(disk, FilePath, target.Memory);
    }

    private (ManifestParts Manifest, LockParts LockFile)? Read(ref ByteReader reader, byte[] manifest, byte[] lockFile)
    {
        var places = ReadPlaces(ref reader, manifest.Length);
        var parts = new ManifestPart[places.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!ArtifactType.TryParse(ReadText(ref reader), out var type)) return null;
            var (name, path) = (ReadText(ref reader), ReadText(ref reader));
            // The manifest obeys these rules, so an index that does not is not of it, whatever its checksums say.
            if (ArtifactId.DescribeBadName(name) is not null || ArtifactReader.DescribeBadPath(path) is not null) return null;
            parts[i] = new ManifestPart(new ArtifactId(type, name), path, Artifact: null);
        }

        var lockPlaces = ReadPlaces(ref reader, lockFile.Length);
        var keys = new string[lockPlaces.Length];
        for (var i = 0; i < keys.Length; i++) keys[i] = ReadText(ref reader);
        return ManifestParts.Of(manifest, layout.Manifest(collection), places, parts) is { } found && LockParts.Of(lockFile, layout.LockFile(collection), lockPlaces, keys) is { } entries
            ? (found, entries)
            : null;
    }

    private static TextPart[] ReadPlaces(ref ByteReader reader, int length)
    {
        var places = new TextPart[reader.Count(reader.Left)];
        var end = 0;
        for (var i = 0; i < places.Length; i++)
        {
            var start = end + reader.Count(length - end);
            var bodyEnd = start + reader.Count(length - start);
            end = bodyEnd + reader.Count(length - bodyEnd);
            places[i] = new TextPart(start, bodyEnd, end);
        }

        return places;
    }

    private static void WritePlaces(ByteWriter target, IReadOnlyList<TextPart> places)
    {
        target.Number(places.Count);
        var end = 0;
        foreach (var place in places)
        {
            target.Number(place.Start - end);
            target.Number(place.BodyEnd - place.Start);
            target.Number(place.End - place.BodyEnd);
            end = place.End;
        }
    }

    private static string ReadText(ref ByteReader reader) => reader.Text(reader.Count());

    private static void WriteText(ByteWriter target, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        target.Number(bytes.Length);
        target.Bytes(bytes);
    }
}
