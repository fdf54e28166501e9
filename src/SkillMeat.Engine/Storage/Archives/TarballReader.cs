using System.Formats.Tar;
using System.IO.Compression;
using SkillMeat.Errors;

namespace SkillMeat.Storage.Archives;

/// <summary>Reads a tarball member by member with constant memory, and refuses a truncated, damaged or malicious one. Writes nothing.</summary>
/// <param name="limits">The limits of the content.</param>
/// <param name="unsafeMembers">The treatment of members that are harmless as long as they are not written.</param>
internal sealed class TarballReader(ArchiveLimits limits, UnsafeMembers unsafeMembers = UnsafeMembers.Refuse)
{
    /// <summary>Reads a gzipped tarball.</summary>
    /// <param name="tarball">The gzipped bytes.</param>
    /// <param name="name">The name in errors: a path or an address.</param>
    /// <param name="each">Called for each member in order, with the content of a file. Its exceptions pass through. Only when this method returns is the tarball
    /// known to be complete.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The comment of the archive, in which git names its commit, or null.</returns>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ArchiveRefused"/>: the tarball is truncated, damaged, too large, or has an unsafe member.</exception>
    public string? Read(Stream tarball, string name, Action<ArchiveMember, Stream> each, CancellationToken cancellationToken)
    {
        using var tail = new GzipTail(tarball);
        using var unzipped = new GZipStream(tail, CompressionMode.Decompress, leaveOpen: true);
        return Read(unzipped, name, each, tail.EndsAfter, cancellationToken);
    }

    /// <summary>Reads a tarball that is not gzipped.</summary>
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
            // A flipped bit can look like anything, including malice.
            throw Refuse(name, new InvalidDataException("it was damaged in transit"));
        }
    }

    private string? Read(MeteredStream metered, string name, Action<ArchiveMember, Stream> each, Func<long, bool> endsAfter, CancellationToken cancellationToken)
    {
        using var tar = new TarReader(metered, leaveOpen: true);
        var check = new ArchiveMemberCheck(unsafeMembers);
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
            return metered.HasEndMark && endsAfter(metered.Position) ? true : throw new InvalidDataException("it is truncated");
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

    // Global headers, such as the commit of a git archive, are not members.
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
        new(ErrorIds.ArchiveRefused, name, 0, 0, $"this archive was refused: {problem.Message}", problem) { IsDamaged = problem is not UnsafeArchiveException };
}
