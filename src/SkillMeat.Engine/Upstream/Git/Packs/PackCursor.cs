namespace SkillMeat.Upstream.Git.Packs;

/// <summary>A position in a pack with a buffer. For a pack in memory, the buffer is the pack itself.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class PackCursor
{
    private const int BufferLength = 32 * 1024;

    private readonly PackData _pack;
    private long _start;

    public PackCursor(PackData pack)
    {
        _pack = pack;
        Buffer = pack.Memory ?? new byte[BufferLength];
        End = pack.Memory is null ? 0 : (int)pack.Length;
    }

    /// <summary>The buffer; the next bytes are those between <see cref="Position"/> and <see cref="End"/>.</summary>
    public byte[] Buffer { get; }

    public int Position { get; set; }

    public int End { get; private set; }

    /// <summary>The position in the pack.</summary>
    public long Offset => _start + Position;

    public long Remaining => _pack.Length - Offset;

    public void Seek(long offset)
    {
        if (offset >= _start && offset <= _start + End)
        {
            Position = (int)(offset - _start);
            return;
        }

        _start = offset;
        Position = End = 0;
    }

    /// <summary>Reads the bytes after <see cref="End"/> once all earlier ones have been used; returns false at the end of the pack.</summary>
    public bool Refill()
    {
        if (_pack.Memory is not null || Offset >= _pack.Length) return false;
        _start = Offset;
        Position = 0;
        End = _pack.Read(_start, Buffer);
        return End > 0;
    }

    /// <exception cref="GitProtocolException">The pack ends here.</exception>
    public byte ReadByte()
    {
        if (Position == End && !Refill()) throw GitProtocolException.Corrupt("the pack ends within an object");
        return Buffer[Position++];
    }

    public void Read(Span<byte> destination)
    {
        for (var i = 0; i < destination.Length; i++) destination[i] = ReadByte();
    }
}
