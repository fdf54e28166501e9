using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Archives;

/// <summary>Passes on an unpacked archive, stops it at a size, and knows whether it ended as a tarball ends: with 1,024 zero bytes. A cut one is not read as a short one.</summary>
internal sealed class MeteredStream(Stream inner, long limit) : ForwardStream
{
    private const int EndMark = 1024;

    private long _read;
    private long _zeros;

    /// <summary>Whether what was read so far ends as a whole tarball does.</summary>
    public bool EndsWhole => _zeros >= EndMark;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        _read += count;
        if (_read > limit) throw new UnsafeArchiveException($"it unpacks to more than {limit} bytes");
        var last = buffer[..count].LastIndexOfAnyExcept((byte)0);
        _zeros = last < 0 ? _zeros + count : count - last - 1;
        return count;
    }

    /// <summary>Reads what is left, so that a checksum behind it is compared.</summary>
    public void Drain()
    {
        Span<byte> buffer = stackalloc byte[4096];
        while (Read(buffer) > 0)
        {
        }
    }
}
