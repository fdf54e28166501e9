using System.Numerics;

namespace SkillMeat.Objects.Chunks;

/// <summary>
/// How a file of some length is cut. Cuts fall where the bytes before them say so (the rolling "gear" hash), so an edit moves the cuts near it and no others.
/// The average grows with the file from 4 KB to 1 MB, so that a small file costs what changed in it and a large one has no thousands of pieces.
/// </summary>
/// <remarks>
/// Deterministic: the same bytes are always cut the same way, and must be in later versions too. Up to the average a cut needs four times the luck, from there on a fourth of
/// it (the "normalized chunking" of FastCDC), which keeps most pieces near the average.
/// </remarks>
internal readonly record struct ChunkSize
{
    /// <summary>Files up to this length are stored whole.</summary>
    public const int WholeLength = 16 * 1024;

    private const int LeastBits = 12;
    private const int MostBits = 20;

    // A file of 1 MB is cut into about 256 pieces, and so are larger ones until the pieces are large enough.
    private const int PieceBits = 8;

    private readonly int _bits;

    private ChunkSize(int bits)
    {
        _bits = bits;
    }

    public int Average => 1 << _bits;

    public int Least => Average / 4;

    public int Most => Average * 4;

    /// <summary>The cut for files of that length.</summary>
    public static ChunkSize For(long length) => new(Math.Clamp(BitOperations.Log2((ulong)Math.Max(1, length)) - PieceBits, LeastBits, MostBits));

    /// <summary>The length of the first piece. The bytes are the rest of the file, or at least <see cref="Most"/> of it.</summary>
    public int Cut(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= Least) return bytes.Length;
        var gear = GearTable.Values;
        var end = Math.Min(bytes.Length, Most);
        var middle = Math.Min(end, Average);

        // The highest bits of the hash depend on the last 64 bytes, the lowest on the last byte alone.
        var hard = ulong.MaxValue >> (_bits + 2);
        var easy = ulong.MaxValue >> (_bits - 2);
        ulong hash = 0;
        var at = Least - Math.Min(64, Least);
        for (; at < Least; at++) hash = (hash << 1) + gear[bytes[at]];
        for (; at < middle; at++)
        {
            hash = (hash << 1) + gear[bytes[at]];
            if (hash <= hard) return at + 1;
        }

        for (; at < end; at++)
        {
            hash = (hash << 1) + gear[bytes[at]];
            if (hash <= easy) return at + 1;
        }

        return end;
    }
}
