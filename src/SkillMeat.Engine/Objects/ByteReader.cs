using System.Text;

namespace SkillMeat.Objects;

/// <summary>Reads the numbers, ids and texts of the binary formats, in order.</summary>
/// <remarks>Invalid data throws an <see cref="InvalidDataException"/>, which the caller turns into an error that names the file.</remarks>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly int Left => _rest.Length;

    public byte Byte() => Bytes(1)[0];

    public ReadOnlySpan<byte> Bytes(int length)
    {
        if (length < 0 || length > _rest.Length) throw new InvalidDataException("it ends unexpectedly");
        var bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }

    public ObjectId Id() => new(Bytes(ObjectId.Length));

    public string Text(int length)
    {
        try
        {
            return _strict.GetString(Bytes(length));
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException("it contains text that is not UTF-8", e);
        }
    }

    /// <summary>Reads a number in groups of seven bits, the lowest first. The high bit means that another group follows.</summary>
    public long Number()
    {
        long value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var group = Byte();
            value |= (long)(group & 0x7f) << shift;
            if (group < 0x80) return value >= 0 ? value : throw new InvalidDataException("it contains a number that is too large");
        }

        throw new InvalidDataException("it contains a number that is too long");
    }

    /// <summary>Reads a number that is a count or a length in memory.</summary>
    public int Count(int most = int.MaxValue) => Number() is var value && value <= most ? (int)value : throw new InvalidDataException("it contains a number that is too large");
}
