using System.Numerics;

namespace SkillMeat.Objects.Chunks;

/// <summary>
/// The sizes of the chunks of a file. Chunks end where the preceding bytes say so (the rolling "gear" hash), so an edit moves only the ends near it.
/// The average grows with the file from 4 KB to 1 MB, so that a small file stores little more than its change, and a large one does not have thousands of chunks.
/// </summary>
/// <remarks>
/// Deterministic: the same bytes are always cut in the same way, and must be in later versions. Below the average size, a cut is four times less likely, above it
/// four times more (the "normalized chunking" of FastCDC), which keeps most chunks near the average.
/// </remarks>
internal readonly record struct ChunkSize
{
    /// <summary>The maximum length of files that are stored as one object.</summary>
    public const int WholeLength = 16 * 1024;

    private const int MinBits = 12;
    private const int MaxBits = 20;

    // Files of 1 MB and more have about 256 chunks, until the chunks reach their maximum average.
    private const int PieceBits = 8;

    private readonly int _bits;

    private ChunkSize(int bits)
    {
        _bits = bits;
    }

    public int Average => 1 << _bits;

    public int Minimum => Average / 4;

    public int Maximum => Average * 4;

    /// <summary>Returns the sizes for files of a length.</summary>
    public static ChunkSize For(long length) => new(Math.Clamp(BitOperations.Log2((ulong)Math.Max(1, length)) - PieceBits, MinBits, MaxBits));

    /// <summary>Returns the length of the first chunk. The bytes are the rest of the file, or at least <see cref="Maximum"/> of it.</summary>
    public int Cut(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= Minimum) return bytes.Length;
        var gear = GearTable.Values;
        var end = Math.Min(bytes.Length, Maximum);
        var middle = Math.Min(end, Average);

        // The highest bits of the hash depend on the last 64 bytes, the lowest on the last byte alone.
        var hard = ulong.MaxValue >> (_bits + 2);
        var easy = ulong.MaxValue >> (_bits - 2);
        ulong hash = 0;
        var at = Minimum - Math.Min(64, Minimum);
        for (; at < Minimum; at++) hash = (hash << 1) + gear[bytes[at]];
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
