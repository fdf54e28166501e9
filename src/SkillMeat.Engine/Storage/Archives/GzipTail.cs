using System.Buffers.Binary;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Archives;

/// <summary>
/// Passes a gzipped file through and remembers its end, which contains the length of the content (RFC 1952). The framework's reader accepts a file without its end
/// if all of the content could be unpacked, and then does not verify the checksum.
/// </summary>
internal sealed class GzipTail(Stream inner) : ForwardStream
{
    private const int Length32 = sizeof(uint);

    private readonly byte[] _last = new byte[Length32];
    private long _read;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        var kept = Math.Min(count, Length32);
        _last.AsSpan(kept).CopyTo(_last);
        buffer[(count - kept)..count].CopyTo(_last.AsSpan(Length32 - kept));
        _read += count;
        return count;
    }

    /// <summary>Reads the rest, and checks whether the file ends like one with this unpacked length.</summary>
    public bool EndsAfter(long unpacked)
    {
        Span<byte> buffer = stackalloc byte[512];
        while (Read(buffer) > 0)
        {
        }

        return _read >= Length32 && BinaryPrimitives.ReadUInt32LittleEndian(_last) == (uint)unpacked;
    }
}
