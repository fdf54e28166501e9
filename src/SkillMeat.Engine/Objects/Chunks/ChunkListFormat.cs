using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SkillMeat.Objects.Chunks;

/// <summary>
/// The format of a node of a chunk list: a byte for its level (0 lists chunks, 1 lists nodes of level 0 …), then the id and length of each item.
/// The root is stored under the id of the whole file, which does not verify the list itself, so it begins with the first 16 bytes of the list's SHA-256.
/// </summary>
internal static class ChunkListFormat
{
    private const int SealLength = 16;

    // A million of such lists can be added up.
    private const long MostBytes = 1L << 42;

    public static void Write(ByteWriter target, int level, ReadOnlySpan<ChunkReference> items, bool isRoot)
    {
        target.Clear();
        if (isRoot) target.Bytes(stackalloc byte[SealLength]);
        target.Byte((byte)level);
        foreach (var item in items)
        {
            target.Id(item.Id);
            target.Number(item.Length);
        }

        if (isRoot) Seal(target.Span[SealLength..]).CopyTo(MemoryMarshal.AsMemory(target.Memory).Span);
    }

    /// <exception cref="InvalidDataException">It is not a valid node.</exception>
    public static (int Level, List<ChunkReference> Items) Read(ReadOnlySpan<byte> node, bool isRoot)
    {
        var reader = new ByteReader(node);
        if (isRoot && !reader.Bytes(SealLength).SequenceEqual(Seal(node[SealLength..]))) throw new InvalidDataException("the checksum of a chunk list does not match");
        var level = reader.Byte();
        var items = new List<ChunkReference>(reader.Left / (ObjectId.Length + 1));
        var total = 0L;
        while (!reader.IsAtEnd)
        {
            var item = new ChunkReference(reader.Id(), reader.Number(), 0);
            total += item.Length;
            if (total is < 0 or > MostBytes || item.Length > MostBytes) throw new InvalidDataException("a chunk list has an impossible length");
            items.Add(item);
        }

        return (level, items);
    }

    private static byte[] Seal(ReadOnlySpan<byte> list) => SHA256.HashData(list)[..SealLength];
}
