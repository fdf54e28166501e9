using System.Buffers.Binary;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Archives;

/// <summary>
/// Passes on a gzipped file and remembers its end, which says how long the content is (RFC 1952). The framework's reader takes a file for whole that lost its end, if all of the
/// content could be unpacked, and then compares no checksum.
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

    /// <summary>Reads what is left, and tells whether the file ends as one that unpacks to so many bytes.</summary>
    public bool EndsAfter(long unpacked)
    {
        Span<byte> buffer = stackalloc byte[512];
        while (Read(buffer) > 0)
        {
        }

        return _read >= Length32 && BinaryPrimitives.ReadUInt32LittleEndian(_last) == (uint)unpacked;
    }
}
