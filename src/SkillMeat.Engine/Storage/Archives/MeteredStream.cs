using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Archives;

/// <summary>Passes an unpacked archive through, limits its size, and checks that it ends like a tarball, with 1,024 zero bytes, so that a truncated one is noticed.</summary>
internal sealed class MeteredStream(Stream inner, long limit) : ForwardStream
{
    private const int EndMark = 1024;

    // The framework's reader asks for a whole extended header at once, and for everything else in small pieces.
    private const int MostHeaderBytes = 16 << 20;

    private long _read;
    private long _zeros;

    /// <summary>Whether the bytes read so far end like a complete tarball.</summary>
    public bool HasEndMark => _zeros >= EndMark;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length > MostHeaderBytes) throw new UnsafeArchiveException($"it has an extended header of more than {MostHeaderBytes} bytes");
        var count = inner.Read(buffer);
        _read += count;
        if (_read > limit) throw new UnsafeArchiveException($"it unpacks to more than {limit} bytes");
        var last = buffer[..count].LastIndexOfAnyExcept((byte)0);
        _zeros = last < 0 ? _zeros + count : count - last - 1;
        return count;
    }

    /// <summary>Reads the rest, so that a checksum after it is verified.</summary>
    public void Drain()
    {
        Span<byte> buffer = stackalloc byte[4096];
        while (Read(buffer) > 0)
        {
        }
    }
}
