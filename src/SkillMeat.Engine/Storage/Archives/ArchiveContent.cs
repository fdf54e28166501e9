using SkillMeat.Errors;

namespace SkillMeat.Storage.Archives;

/// <summary>The bytes of one member. Damage that shows while they are read is reported as that of the archive, not of whatever they are written to.</summary>
internal sealed class ArchiveContent(Stream inner, Func<Exception, DataFileException> refuse) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>What the framework throws for archives that are not what they should be.</summary>
    public static bool IsDamage(Exception error) =>
        error is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException or InvalidOperationException;

    /// <summary>Whether it is the archive that is at fault: damaged, or nothing to be unpacked.</summary>
    public static bool IsProblem(Exception error) => error is UnsafeArchiveException || IsDamage(error);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return inner.Read(buffer);
        }
        catch (Exception e) when (IsProblem(e))
        {
            throw refuse(e);
        }
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
