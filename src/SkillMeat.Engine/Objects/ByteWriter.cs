using System.Buffers;

namespace SkillMeat.Objects;

/// <summary>Writes the numbers, ids and texts of the binary formats, for <see cref="ByteReader"/>. Reusable. Not thread-safe.</summary>
internal sealed class ByteWriter(int capacity = 256)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(capacity);

    public int Length => _buffer.WrittenCount;

    public ReadOnlyMemory<byte> Memory => _buffer.WrittenMemory;

    public ReadOnlySpan<byte> Span => _buffer.WrittenSpan;

    public void Clear() => _buffer.ResetWrittenCount();

    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void Bytes(ReadOnlySpan<byte> value) => _buffer.Write(value);

    public void Id(ObjectId id)
    {
        id.CopyTo(_buffer.GetSpan(ObjectId.Length));
        _buffer.Advance(ObjectId.Length);
    }

    public void Number(long value)
    {
        var target = _buffer.GetSpan(9);
        var length = 0;
        for (; value >= 0x80; value >>= 7) target[length++] = (byte)(value | 0x80);
        target[length++] = (byte)value;
        _buffer.Advance(length);
    }
}
