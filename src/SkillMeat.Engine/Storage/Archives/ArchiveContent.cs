using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Archives;

/// <summary>The content of a member. Damage found while reading it is reported as damage of the archive, not of the file that is being written.</summary>
internal sealed class ArchiveContent(Stream inner, Func<Exception, DataFileException> refuse) : ForwardStream
{
    /// <summary>Whether an exception of the framework means that the archive is damaged.</summary>
    public static bool IsDamage(Exception error) =>
        error is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException or InvalidOperationException;

    /// <summary>Whether the archive is at fault: damaged or unsafe.</summary>
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
