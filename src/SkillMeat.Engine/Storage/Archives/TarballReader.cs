using System.Formats.Tar;
using System.IO.Compression;
using SkillMeat.Errors;

namespace SkillMeat.Storage.Archives;

/// <summary>Reads a tarball member by member with constant memory, and refuses one that is cut, changed or hostile. Nothing is written here.</summary>
/// <param name="limits">How much it may hold.</param>
/// <param name="odd">What becomes of members that harm nobody while they are not written.</param>
internal sealed class TarballReader(ArchiveLimits limits, UnsafeMembers odd = UnsafeMembers.Refuse)
{
    /// <summary>Reads a whole gzipped tarball.</summary>
    /// <param name="tarball">The gzipped bytes.</param>
    /// <param name="name">What an error calls it: a path or an address.</param>
    /// <param name="each">Told each member in order, with a file's bytes. What it threw passes through. That all members were told does not mean that the tarball is whole:
    /// that is known when this returns.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What the archive says of itself; git names its commit there. Null when it says nothing.</returns>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ArchiveRefused"/>: cut, changed, too large, or with a member that must not be unpacked.</exception>
    public string? Read(Stream tarball, string name, Action<ArchiveMember, Stream> each, CancellationToken cancellationToken)
    {
        using var tail = new GzipTail(tarball);
        using var unzipped = new GZipStream(tail, CompressionMode.Decompress, leaveOpen: true);
        return Read(unzipped, name, each, tail.EndsAfter, cancellationToken);
    }

    /// <summary>Reads a whole tarball that is not gzipped.</summary>
    /// <inheritdoc cref="Read(Stream, string, Action{ArchiveMember, Stream}, CancellationToken)"/>
    public string? ReadUnzipped(Stream tarball, string name, Action<ArchiveMember, Stream> each, CancellationToken cancellationToken) =>
        Read(tarball, name, each, _ => true, cancellationToken);

    private string? Read(Stream tarball, string name, Action<ArchiveMember, Stream> each, Func<long, bool> endsAfter, CancellationToken cancellationToken)
    {
        using var metered = new MeteredStream(tarball, limits.TotalBytes);
        try
        {
            return Read(metered, name, each, endsAfter, cancellationToken);
        }
        catch (SkillMeatException e) when (e is { ErrorId: ErrorIds.ArchiveRefused } and not DataFileException { IsDamaged: true } && IsDamaged(metered, endsAfter))
        {
            // A changed bit can look like anything, also like malice.
            throw Refuse(name, new InvalidDataException("it was damaged on its way"));
        }
    }

    private string? Read(MeteredStream metered, string name, Action<ArchiveMember, Stream> each, Func<long, bool> endsAfter, CancellationToken cancellationToken)
    {
        using var tar = new TarReader(metered, leaveOpen: true);
        var check = new ArchiveMemberCheck(odd);
        string? comment = null;
        for (var count = 1; Guard(name, () => Next(tar, ref comment)) is { } entry; count++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (count > limits.Members) throw Refuse(name, new UnsafeArchiveException($"it has more than {limits.Members} members"));
            if (Guard(name, () => check.Check(entry)) is { } member) each(member, new ArchiveContent(entry.DataStream ?? Stream.Null, problem => Refuse(name, problem)));
        }

        Guard(name, () =>
        {
            metered.Drain();
            return metered.EndsWhole && endsAfter(metered.Position) ? true : throw new InvalidDataException("it is cut off");
        });
        return comment;
    }

    private static bool IsDamaged(MeteredStream metered, Func<long, bool> endsAfter)
    {
        try
        {
            metered.Drain();
            return !endsAfter(metered.Position);
        }
        catch (Exception e) when (ArchiveContent.IsProblem(e))
        {
            return e is not UnsafeArchiveException;
        }
    }

    // Headers that concern all members, such as the commit of a git archive, are no members.
    private static TarEntry? Next(TarReader tar, ref string? comment)
    {
        var entry = tar.GetNextEntry();
        for (; entry?.EntryType == TarEntryType.GlobalExtendedAttributes; entry = tar.GetNextEntry())
        {
            if (entry is PaxGlobalExtendedAttributesTarEntry header && header.GlobalExtendedAttributes.TryGetValue("comment", out var told)) comment = told;
        }

        return entry;
    }

    private static T Guard<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (ArchiveContent.IsProblem(e))
        {
            throw Refuse(name, e);
        }
    }

    private static DataFileException Refuse(string name, Exception problem) =>
        new(ErrorIds.ArchiveRefused, name, 0, 0, $"this archive is not unpacked: {problem.Message}", problem) { IsDamaged = problem is not UnsafeArchiveException };
}
