using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SkillMeat.Upstream.Git.Packs;

/// <summary>Reads bits, the lowest of each byte first, and can give back the bytes that it read ahead.</summary>
/// <remarks>Not thread safe.</remarks>
internal sealed class BitReader(PackCursor input)
{
    /// <summary>How many bits are there after <see cref="Refill"/>, unless the pack ends; as many as a length and its distance need.</summary>
    public const int AtLeast = 48;

    private ulong _bits;

    /// <summary>The next bits, the first lowest. Only <see cref="Count"/> of them are sure.</summary>
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

    /// <summary>The next bits as a number.</summary>
    /// <exception cref="GitProtocolException">The pack ends before.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(int count)
    {
        if (Count < count) Require(count);
        var value = (int)(_bits & ((1UL << count) - 1));
        Drop(count);
        return value;
    }

    /// <summary>Drops what is left of the current byte, and gives back the whole bytes after it.</summary>
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
            // Bits beyond those counted are the stream's next ones, and are put there again by the next refill.
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
