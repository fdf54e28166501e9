using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SkillMeat.Upstream.Git.Packs;

/// <summary>Reads bits, beginning with the lowest bit of each byte. Bytes that were read ahead can be returned.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class BitReader(PackCursor input)
{
    /// <summary>
    /// The number of bits that are available after <see cref="Refill"/>, except at the end of the pack. It is enough for a length and its distance.
    /// </summary>
    public const int AtLeast = 48;

    private ulong _bits;

    /// <summary>The next bits, with the first one lowest. Only <see cref="Count"/> of them are valid.</summary>
    public ulong Bits => _bits;

    public int Count { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refill()
    {
        if (Count < AtLeast) RefillNow();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drop(int count)
    {
        _bits >>= count;
        Count -= count;
    }

    /// <summary>Reads the next bits as a number.</summary>
    /// <exception cref="GitProtocolException">The pack ends too early.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(int count)
    {
        if (Count < count) Require(count);
        var value = (int)(_bits & ((1UL << count) - 1));
        Drop(count);
        return value;
    }

    /// <summary>Drops the rest of the current byte, and returns the complete bytes after it to the input.</summary>
    public void Align()
    {
        input.Seek(input.Offset - (Count / 8));
        _bits = 0;
        Count = 0;
    }

    public static GitProtocolException Ended() => GitProtocolException.Corrupt("compressed data stops before its end");

    private void Require(int count)
    {
        RefillNow();
        if (Count < count) throw Ended();
    }

    private void RefillNow()
    {
        if (input.End - input.Position >= sizeof(ulong))
        {
            // Bits beyond the counted ones are the next bits of the stream; the next refill writes the same bits again.
            _bits |= BinaryPrimitives.ReadUInt64LittleEndian(input.Buffer.AsSpan(input.Position)) << Count;
            var bytes = (63 - Count) >> 3;
            input.Position += bytes;
            Count += 8 * bytes;
            return;
        }

        while (Count <= 56 && (input.Position < input.End || input.Refill()))
        {
            _bits |= (ulong)input.Buffer[input.Position++] << Count;
            Count += 8;
        }
    }
}
