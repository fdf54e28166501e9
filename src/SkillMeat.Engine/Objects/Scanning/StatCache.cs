using System.Security.Cryptography;
using System.Text;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage.Files;

namespace SkillMeat.Objects.Scanning;

/// <summary>
/// A cache of the stamps and ids of the last scan of a folder, so that the next one need not read unchanged files. It can be deleted at any time; a damaged one is ignored.
/// </summary>
/// <remarks>
/// Format: "SKMSTAT" and the version; the time at which the scan began, 8 bytes; for each folder its path, its stamp, its tree, its number of entries, and for each its name, stamp and
/// id (not of what is not stored); at the end the SHA-256 of all this and of the folder's full path. A text is its length in bytes and its UTF-8; a stamp is four times the permissions plus the type,
/// size, and 8 bytes each for the two times and the inode.
/// </remarks>
internal sealed class StatCache(Disk disk, string home, string folder)
{
    private const int ChecksumLength = 32;

    private readonly byte[] _folderHash = SHA256.HashData(Encoding.UTF8.GetBytes(folder));

    private static ReadOnlySpan<byte> Header => "SKMSTAT\u0003"u8;

    private string FilePath => Path.Combine(home, "cache", $"scan-{Convert.ToHexString(_folderHash.AsSpan(0, 8)).ToLowerInvariant()}.stat");

    /// <summary>Reads the cache: the time at which the scan began, in nanoseconds since 1970, and the folders by their paths below the scanned one.</summary>
    public (long ScannedAt, IReadOnlyDictionary<string, RememberedFolder> Folders) Read()
    {
        if (UnflushedFile.TryRead(FilePath) is not { } bytes) return Nothing();
        try
        {
            var content = bytes.AsSpan(0, Math.Max(0, bytes.Length - ChecksumLength));
            if (!content.StartsWith(Header) || !Checksum(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length))) return Nothing();
            var reader = new ByteReader(content[Header.Length..]);
            var scannedAt = ReadFixed(ref reader);
            var folders = new Dictionary<string, RememberedFolder>(StringComparer.Ordinal);
            while (!reader.IsAtEnd)
            {
                var path = reader.Text(reader.Count());
                var stamp = ReadStamp(ref reader);
                var id = reader.Id();
                var entries = new RememberedEntry[reader.Count(reader.Left)];
                for (var i = 0; i < entries.Length; i++) entries[i] = ReadEntry(ref reader);
                folders[path] = new RememberedFolder(stamp, entries, id);
            }

            return (scannedAt, folders);
        }
        catch (InvalidDataException)
        {
            return Nothing();
        }
    }

    /// <summary>Writes a scan. A failure only makes the next one slower, so it is ignored.</summary>
    public void TryWrite(long scannedAt, IReadOnlyDictionary<string, RememberedFolder> folders)
    {
        var target = new ByteWriter(1 << 16);
        target.Bytes(Header);
        WriteFixed(target, scannedAt);
        foreach (var (path, remembered) in folders)
        {
            WriteText(target, path);
            WriteStamp(target, remembered.Stamp);
            target.Id(remembered.Id);
            target.Number(remembered.Entries.Count);
            foreach (var entry in remembered.Entries)
            {
                WriteText(target, entry.Name);
                WriteStamp(target, entry.Stamp);
                if (entry.Stamp.Type != FileType.Other) target.Id(entry.Id);
            }
        }

        target.Bytes(Checksum(target.Span));
        UnflushedFile.TryWrite(disk, FilePath, target.Memory);
    }

    private static (long ScannedAt, IReadOnlyDictionary<string, RememberedFolder> Folders) Nothing() => (0, new Dictionary<string, RememberedFolder>());

    private static RememberedEntry ReadEntry(ref ByteReader reader)
    {
        var name = reader.Text(reader.Count());
        // A name such as '../x' would make the scan store a file from elsewhere.
        if (!TreeFormat.IsName(name)) throw new InvalidDataException("it contains a name that no file can have");
        var stamp = ReadStamp(ref reader);
        return new RememberedEntry(name, stamp, stamp.Type == FileType.Other ? default : reader.Id());
    }

    private static FileStamp ReadStamp(ref ByteReader reader)
    {
        var number = reader.Count();
        if (number >> 2 > TreeEntry.AllPermissions) throw new InvalidDataException("it contains impossible permissions");
        return new FileStamp((FileType)(number & 3), number >> 2, reader.Number(), ReadFixed(ref reader), ReadFixed(ref reader), (ulong)ReadFixed(ref reader));
    }

    private static void WriteStamp(ByteWriter target, FileStamp stamp)
    {
        target.Number(((long)stamp.Mode << 2) | (long)stamp.Type);
        target.Number(stamp.Size);
        WriteFixed(target, stamp.Modified);
        WriteFixed(target, stamp.Changed);
        WriteFixed(target, (long)stamp.Inode);
    }

    private static void WriteText(ByteWriter target, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        target.Number(bytes.Length);
        target.Bytes(bytes);
    }

    private static long ReadFixed(ref ByteReader reader) => BitConverter.ToInt64(reader.Bytes(sizeof(long)));

    private static void WriteFixed(ByteWriter target, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BitConverter.TryWriteBytes(bytes, value);
        target.Bytes(bytes);
    }

    private byte[] Checksum(ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(content);
        hash.AppendData(_folderHash);
        return hash.GetHashAndReset();
    }
}
