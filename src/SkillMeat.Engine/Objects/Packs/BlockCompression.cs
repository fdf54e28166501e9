using System.IO.Compression;
using System.Numerics;

namespace SkillMeat.Objects.Packs;

/// <summary>Compresses blocks. ADR 7 has the measurements.</summary>
internal static class BlockCompression
{
    private const int Quality = 3;
    private const int MinWindow = 16;
    private const int MaxWindow = 22;

    /// <summary>Compresses a block, and returns the compressed length, or 0 if it would not become smaller.</summary>
    /// <param name="block">The bytes of the block.</param>
    /// <param name="target">A buffer of at least the same length.</param>
    public static int Compress(ReadOnlySpan<byte> block, Span<byte> target)
    {
        var window = Math.Clamp(BitOperations.Log2((uint)block.Length) + 1, MinWindow, MaxWindow);
        return BrotliEncoder.TryCompress(block, target[..block.Length], out var written, Quality, window) && written < block.Length ? written : 0;
    }
}
