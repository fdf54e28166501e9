using System.IO.Compression;
using System.Numerics;

namespace SkillMeat.Objects.Packs;

/// <summary>How blocks are compressed; ADR 7 has the measurements.</summary>
internal static class BlockCompression
{
    private const int Quality = 3;
    private const int LeastWindow = 16;
    private const int MostWindow = 22;

    /// <summary>Compresses a block; 0 when that makes it no smaller, and it is better left as it is.</summary>
    /// <param name="block">What is in it.</param>
    /// <param name="target">At least as long.</param>
    public static int Compress(ReadOnlySpan<byte> block, Span<byte> target)
    {
        var window = Math.Clamp(BitOperations.Log2((uint)block.Length) + 1, LeastWindow, MostWindow);
        return BrotliEncoder.TryCompress(block, target[..block.Length], out var written, Quality, window) && written < block.Length ? written : 0;
    }
}
