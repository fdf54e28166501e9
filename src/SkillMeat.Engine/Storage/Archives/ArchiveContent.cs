using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Archives;

/// <summary>The bytes of one member. Damage that shows while they are read is reported as that of the archive, not of whatever they are written to.</summary>
internal sealed class ArchiveContent(Stream inner, Func<Exception, DataFileException> refuse) : ForwardStream
{
    /// <summary>What the framework throws for archives that are not what they should be.</summary>
    public static bool IsDamage(Exception error) =>
        error is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException or InvalidOperationException;

    /// <summary>Whether it is the archive that is at fault: damaged, or nothing to be unpacked.</summary>
    public static bool IsProblem(Exception error) => error is UnsafeArchiveException || IsDamage(error);

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
}
