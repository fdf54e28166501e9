using SkillMeat.Storage.Files;

namespace SkillMeat.Snapshots.Tarballs;

/// <summary>
/// A stream of known length, for a tar writer. The writer uses only the length and position of a seekable stream, but buffers all of an unseekable one.
/// </summary>
internal sealed class SizedStream(Stream inner, long length) : ForwardStream
{
    private long _position;

    public override bool CanSeek => true;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set
        {
            if (value != _position) throw new NotSupportedException();
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
