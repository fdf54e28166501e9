namespace SkillMeat.Upstream.Git.Packs;

/// <summary>
/// Inflates zlib streams (RFC 1950, 1951). It is our own because a pack does not say where a compressed object ends: .NET's streams read ahead
/// and don't tell how much they used. One instance inflates many objects, one after another.
/// </summary>
/// <remarks>Not thread safe.</remarks>
internal sealed class Inflater
{
    /// <summary>Data can't be inflated to more than this times its length; a stream that claims more lies.</summary>
    public const int MostExpansion = 1032;

    private const int EndOfBlock = 256;
    private const int MostLiterals = 288;
    private const int MostDistances = 32;
    private const int PresetDictionary = 0x20;

    private readonly PackCursor _input;
    private readonly BitReader _bits;
    private readonly InflateOutput _output;
    private readonly CancellationToken _cancellationToken;
    private readonly HuffmanTable _literals = new(MostLiterals);
    private readonly HuffmanTable _distances = new(MostDistances);
    private readonly HuffmanTable _codeLengths = new(DeflateCodes.OrderOfCodeLengths.Length);
    private readonly byte[] _lengths = new byte[MostLiterals + MostDistances];

    public Inflater(PackCursor input, CancellationToken cancellationToken)
    {
        _input = input;
        _bits = new BitReader(input);
        _output = new InflateOutput(cancellationToken);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Inflates a stream into the beginning of an array. The cursor is at the stream's beginning before and right after its end afterwards.</summary>
    /// <exception cref="GitProtocolException">The stream is damaged, or not exactly of this size.</exception>
    public void Inflate(byte[] destination, int size)
    {
        _output.Begin(destination, size);
        Run();
    }

    /// <summary>Inflates a stream of any size piece by piece; null only checks it.</summary>
    /// <inheritdoc cref="Inflate(byte[], int)"/>
    public void Inflate(IInflateSink? sink, long size)
    {
        _output.Begin(sink, size);
        Run();
    }

    private void Run()
    {
        ReadHeader();
        bool isLast;
        do
        {
            _cancellationToken.ThrowIfCancellationRequested();
            isLast = _bits.Take(1) == 1;
            ReadBlock(_bits.Take(2));
        }
        while (!isLast);
        _bits.Align();
        var checksum = _output.End();
        if (checksum != ReadBigEndian()) throw GitProtocolException.Corrupt("compressed data has a wrong checksum");
    }

    private void ReadHeader()
    {
        int method = _input.ReadByte(), flags = _input.ReadByte();
        var isZlib = (method & 0x0F) == 8 && method >> 4 <= 7 && ((method << 8) | flags) % 31 == 0 && (flags & PresetDictionary) == 0;
        if (!isZlib) throw GitProtocolException.Corrupt("an object is not compressed as it should be");
    }

    private uint ReadBigEndian()
    {
        uint value = 0;
        for (var i = 0; i < sizeof(uint); i++) value = (value << 8) | _input.ReadByte();
        return value;
    }

    private void ReadBlock(int type)
    {
        switch (type)
        {
            case 0:
                ReadStored();
                break;
            case 1:
                BuildFixedCodes();
                ReadCompressed();
                break;
            case 2:
                ReadDynamicCodes();
                ReadCompressed();
                break;
            default:
                throw GitProtocolException.Corrupt("compressed data with an unknown kind of block");
        }
    }

    private void ReadStored()
    {
        _bits.Align();
        var length = _input.ReadByte() | (_input.ReadByte() << 8);
        var complement = _input.ReadByte() | (_input.ReadByte() << 8);
        if (length != (complement ^ 0xFFFF)) throw GitProtocolException.Corrupt("a stored block does not agree on its length");
        while (length > 0)
        {
            if (_input.Position == _input.End && !_input.Refill()) throw BitReader.Ended();
            var piece = Math.Min(length, _input.End - _input.Position);
            _output.Append(_input.Buffer.AsSpan(_input.Position, piece));
            _input.Position += piece;
            length -= piece;
        }
    }

    private void BuildFixedCodes()
    {
        var lengths = _lengths.AsSpan(0, MostLiterals);
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..].Fill(8);
        _literals.Build(lengths, allowSingle: false);
        lengths[..MostDistances].Fill(5);
        _distances.Build(lengths[..MostDistances], allowSingle: false);
    }

    private void ReadDynamicCodes()
    {
        var literals = _bits.Take(5) + 257;
        var distances = _bits.Take(5) + 1;
        var used = _bits.Take(4) + 4;
        if (literals > DeflateCodes.Literals || distances > DeflateCodes.DistanceBases.Length) throw GitProtocolException.Corrupt("compressed data with too many codes");
        Span<byte> codeLengths = stackalloc byte[DeflateCodes.OrderOfCodeLengths.Length];
        codeLengths.Clear();
        for (var i = 0; i < used; i++) codeLengths[DeflateCodes.OrderOfCodeLengths[i]] = (byte)_bits.Take(3);
        _codeLengths.Build(codeLengths, allowSingle: false);
        var lengths = _lengths.AsSpan(0, literals + distances);
        ReadLengths(lengths);
        if (lengths[EndOfBlock] == 0) throw GitProtocolException.Corrupt("compressed data with a block that can't end");
        _literals.Build(lengths[..literals], allowSingle: true);
        _distances.Build(lengths[literals..], allowSingle: true);
    }

    private void ReadLengths(Span<byte> lengths)
    {
        var at = 0;
        while (at < lengths.Length)
        {
            _bits.Refill();
            var symbol = Decode(_codeLengths);
            if (symbol < 16)
            {
                lengths[at++] = (byte)symbol;
                continue;
            }

            if (symbol == 16 && at == 0) throw GitProtocolException.Corrupt("compressed data that repeats nothing");
            var value = symbol == 16 ? lengths[at - 1] : (byte)0;
            var count = symbol switch { 16 => 3 + _bits.Take(2), 17 => 3 + _bits.Take(3), _ => 11 + _bits.Take(7) };
            if (count > lengths.Length - at) throw GitProtocolException.Corrupt("compressed data with too many codes");
            lengths.Slice(at, count).Fill(value);
            at += count;
        }
    }

    private void ReadCompressed()
    {
        while (true)
        {
            _bits.Refill();
            var symbol = Decode(_literals);
            if (symbol < EndOfBlock)
            {
                _output.Append((byte)symbol);
                continue;
            }

            if (symbol == EndOfBlock) return;
            ReadMatch(symbol - EndOfBlock - 1);
        }
    }

    private void ReadMatch(int lengthCode)
    {
        if (lengthCode >= DeflateCodes.LengthBases.Length) throw GitProtocolException.Corrupt("compressed data with an unknown length");
        var length = DeflateCodes.LengthBases[lengthCode] + _bits.Take(DeflateCodes.LengthExtras[lengthCode]);
        var distanceCode = Decode(_distances);
        if (distanceCode >= DeflateCodes.DistanceBases.Length) throw GitProtocolException.Corrupt("compressed data with an unknown distance");
        var distance = DeflateCodes.DistanceBases[distanceCode] + _bits.Take(DeflateCodes.DistanceExtras[distanceCode]);
        _output.Repeat(distance, length);
    }

    private int Decode(HuffmanTable code)
    {
        int entry = code.Fast[(int)_bits.Bits & (HuffmanTable.FastLength - 1)];
        var length = entry & 0xF;
        if (length == 0 || length > _bits.Count) return DecodeLong(code);
        _bits.Drop(length);
        return entry >> 4;
    }

    private int DecodeLong(HuffmanTable code)
    {
        var (symbol, length) = code.Decode(_bits.Bits, _bits.Count);
        if (length == 0) throw BitReader.Ended();
        _bits.Drop(length);
        return symbol;
    }
}
