namespace SkillMeat.Upstream.Git.Packs;

/// <summary>Applies the deltas of a pack (gitformat-pack, "Deltified representation"), which copy parts of the base or insert bytes.</summary>
internal static class PackDelta
{
    private const int LongestCopy = 0x10000;

    /// <summary>Creates an object from its base and a delta.</summary>
    /// <exception cref="GitProtocolException">The delta is damaged or belongs to another base, or the result is too large.</exception>
    public static byte[] Apply(ReadOnlySpan<byte> original, ReadOnlySpan<byte> delta, int mostBytes = PackLimits.MaxObject)
    {
        var size = ReadSizes(original.Length, ref delta);
        if (size > mostBytes) throw GitProtocolException.TooLarge(FormattableString.Invariant($"{mostBytes} bytes in one object"), "object-bytes");
        Check(original.Length, delta, size);
        var result = GC.AllocateUninitializedArray<byte>(size);
        var room = result.AsSpan();
        while (!delta.IsEmpty)
        {
            var piece = Next(ref delta, original);
            piece.CopyTo(room);
            room = room[piece.Length..];
        }

        return result;
    }

    private static int ReadSizes(int originalLength, ref ReadOnlySpan<byte> delta)
    {
        if (ReadSize(ref delta) != originalLength) throw GitProtocolException.Corrupt("a delta is for another base");
        return ReadSize(ref delta);
    }

    private static int ReadSize(ref ReadOnlySpan<byte> delta)
    {
        long size = 0;
        for (var shift = 0; ; shift += 7)
        {
            if (delta.IsEmpty) throw GitProtocolException.Corrupt("a delta stops before its end");
            var part = delta[0];
            delta = delta[1..];
            size |= (long)(part & 0x7F) << shift;
            if (size > PackLimits.MaxObject || shift > 35) throw GitProtocolException.TooLarge($"an object of more than {PackLimits.MaxObject} bytes");
            if (part < 0x80) return (int)size;
        }
    }

    // All instructions are checked before memory is allocated for the claimed size.
    private static void Check(int originalLength, ReadOnlySpan<byte> delta, int size)
    {
        long made = 0;
        while (!delta.IsEmpty)
        {
            var (offset, length) = ReadInstruction(ref delta);
            var available = offset is { } start ? originalLength - (long)start : delta.Length;
            if (length > available) throw GitProtocolException.Corrupt("a delta reaches beyond its base or its end");
            if (offset is null) delta = delta[length..];
            made += length;
        }

        if (made != size) throw GitProtocolException.Corrupt("a delta makes another size than it says");
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> delta, ReadOnlySpan<byte> original)
    {
        var (offset, length) = ReadInstruction(ref delta);
        if (offset is { } start) return original.Slice((int)start, length);
        var piece = delta[..length];
        delta = delta[length..];
        return piece;
    }

    // Without an offset, the bytes to insert follow.
    private static (uint? Offset, int Length) ReadInstruction(ref ReadOnlySpan<byte> delta)
    {
        var code = delta[0];
        delta = delta[1..];
        if (code == 0) throw GitProtocolException.Corrupt("a delta holds an unknown instruction");
        if (code < 0x80) return (null, code);
        var offset = ReadParts(ref delta, code, count: 4);
        var length = (int)ReadParts(ref delta, code >> 4, count: 3);
        return (offset, length == 0 ? LongestCopy : length);
    }

    // The value is little endian; each bit of the mask shows whether the byte is present or 0.
    private static uint ReadParts(ref ReadOnlySpan<byte> delta, int mask, int count)
    {
        uint value = 0;
        for (var i = 0; i < count; i++)
        {
            if ((mask >> i & 1) == 0) continue;
            if (delta.IsEmpty) throw GitProtocolException.Corrupt("a delta stops before its end");
            value |= (uint)delta[0] << (8 * i);
            delta = delta[1..];
        }

        return value;
    }
}
