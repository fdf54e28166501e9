namespace SkillMeat.Upstream.Git.Packs;

/// <summary>A canonical Huffman code of DEFLATE (RFC 1951, 3.2.2): short codes by one look-up, the rare long ones bit by bit.</summary>
/// <remarks>Not thread safe; built anew for every block.</remarks>
internal sealed class HuffmanTable
{
    private const int FastBits = 10;
    public const int LongestCode = 15;

    public const int FastLength = 1 << FastBits;

    // Symbol and length of the code that the next bits begin with: symbol << 4 | length; 0 when the code is longer, or none.
    private readonly ushort[] _fast = new ushort[FastLength];
    private readonly ushort[] _symbols;
    private readonly ushort[] _counts = new ushort[LongestCode + 1];

    public HuffmanTable(int mostSymbols) => _symbols = new ushort[mostSymbols];

    public ReadOnlySpan<ushort> Fast => _fast;

    /// <summary>Takes the lengths of all symbols' codes; 0 is a symbol without one.</summary>
    /// <param name="lengths">From 0 to 15 each.</param>
    /// <param name="allowSingle">Whether a code of one symbol, which leaves a bit pattern without meaning, is one.</param>
    /// <exception cref="GitProtocolException">They make no code.</exception>
    public void Build(ReadOnlySpan<byte> lengths, bool allowSingle)
    {
        Array.Clear(_counts);
        foreach (var length in lengths) _counts[length]++;
        var used = lengths.Length - _counts[0];
        _counts[0] = 0;
        CheckComplete(used, allowSingle);
        Span<int> place = stackalloc int[LongestCode + 2];
        Span<int> code = stackalloc int[LongestCode + 2];
        for (var length = 1; length <= LongestCode; length++)
        {
            place[length + 1] = place[length] + _counts[length];
            code[length + 1] = (code[length] + _counts[length]) << 1;
        }

        Array.Clear(_fast);
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            var length = lengths[symbol];
            if (length == 0) continue;
            _symbols[place[length]++] = (ushort)symbol;
            var next = code[length]++;
            if (length <= FastBits) FillFast(Reverse(next, length), length, symbol);
        }
    }

    /// <summary>Decodes bit by bit. Returns the symbol and its length, or a length of 0 when the bits hold no code.</summary>
    public (int Symbol, int Length) Decode(ulong bits, int count)
    {
        int code = 0, first = 0, index = 0;
        for (var length = 1; length <= Math.Min(count, LongestCode); length++)
        {
            code |= (int)(bits & 1);
            bits >>= 1;
            int ofLength = _counts[length];
            if (code - first < ofLength) return (_symbols[index + code - first], length);
            index += ofLength;
            first = (first + ofLength) << 1;
            code <<= 1;
        }

        return (0, 0);
    }

    private void CheckComplete(int used, bool allowSingle)
    {
        var left = 1;
        for (var length = 1; length <= LongestCode; length++)
        {
            left = (left << 1) - _counts[length];
            if (left < 0) throw GitProtocolException.Corrupt("compressed data with an impossible code");
        }

        var mayBeIncomplete = used == 0 || (allowSingle && used == 1 && _counts[1] == 1);
        if (left > 0 && !mayBeIncomplete) throw GitProtocolException.Corrupt("compressed data with an incomplete code");
    }

    private void FillFast(int reversed, int length, int symbol)
    {
        for (var i = reversed; i < FastLength; i += 1 << length) _fast[i] = (ushort)((symbol << 4) | length);
    }

    private static int Reverse(int code, int length)
    {
        var reversed = 0;
        for (var i = 0; i < length; i++) reversed |= ((code >> i) & 1) << (length - 1 - i);
        return reversed;
    }
}
