using System.Security.Cryptography;
using SkillMeat.Storage.Files;

namespace SkillMeat.Objects.Packs;

/// <summary>
/// The indexes of many packs in one cache file, because a thousand small files take longer to open than to read. It can be deleted at any time; a damaged one is
/// ignored. It cannot be outdated, because a pack never changes under its name.
/// </summary>
/// <remarks>Format: "SKMPIDX" and the version; for each pack the 32 bytes of its name, the length of its index, the index; at the end the SHA-256 of all this.</remarks>
internal sealed class IndexCache(string home, Disk disk)
{
    private const int ChecksumLength = 32;


    private static ReadOnlySpan<byte> Header => "SKMPIDX\u0001"u8;

    private string FilePath => Path.Combine(home, "cache", "object-packs.index");

    /// <summary>Reads the indexes, by the names of their packs. Empty if there is no file, or it is damaged.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Read()
    {
        var indexes = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        if (UnflushedFile.TryRead(FilePath) is not { } bytes) return indexes;
        try
        {
            var content = bytes.AsMemory(0, Math.Max(0, bytes.Length - ChecksumLength));
            if (!content.Span.StartsWith(Header) || !SHA256.HashData(content.Span).AsSpan().SequenceEqual(bytes.AsSpan(content.Length))) return indexes;
            var reader = new ByteReader(content.Span[Header.Length..]);
            while (!reader.IsAtEnd)
            {
                var name = Convert.ToHexString(reader.Bytes(ObjectId.Length)).ToLowerInvariant();
                var length = reader.Count();
                indexes[name] = content.Slice(content.Length - reader.Left, reader.Bytes(length).Length);
            }

            return indexes;
        }
        catch (InvalidDataException)
        {
            return new Dictionary<string, ReadOnlyMemory<byte>>();
        }
    }

    /// <summary>Writes the indexes of these packs. A failure only makes the next opening slower, so it is ignored.</summary>
    public void TryWrite(IEnumerable<PackFile> packs)
    {
        var content = new ByteWriter(1 << 16);
        content.Bytes(Header);
        foreach (var pack in packs)
        {
            content.Bytes(Convert.FromHexString(pack.Name));
            content.Number(pack.Index.Length);
            content.Bytes(pack.Index.Span);
        }

        content.Bytes(SHA256.HashData(content.Span));
        UnflushedFile.TryWrite(disk, FilePath, content.Memory);
    }
}
