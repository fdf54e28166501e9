using System.Formats.Tar;
using System.IO.Compression;
using SkillMeat.Errors;

namespace SkillMeat.Storage.Archives;

/// <summary>Reads a gzipped tarball member by member with constant memory, and refuses one that is cut, changed or hostile. Nothing is written here.</summary>
internal sealed class TarballReader(ArchiveLimits limits)
{
    /// <summary>Reads a whole tarball.</summary>
    /// <param name="tarball">The gzipped bytes.</param>
    /// <param name="name">What an error calls it: a path or an address.</param>
    /// <param name="each">Told each member in order, with a file's bytes. What it threw passes through. That all members were told does not mean that the tarball is whole:
    /// that is known when this returns.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ArchiveRefused"/>: cut, changed, too large, or with a member that must not be unpacked.</exception>
    public void Read(Stream tarball, string name, Action<ArchiveMember, Stream> each, CancellationToken cancellationToken)
    {
        using var unzipped = new GZipStream(tarball, CompressionMode.Decompress, leaveOpen: true);
        using var metered = new MeteredStream(unzipped, limits.TotalBytes);
        using var tar = new TarReader(metered, leaveOpen: true);
        var check = new ArchiveMemberCheck();
        for (var count = 1; Guard(name, () => Next(tar)) is { } entry; count++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (count > limits.Members) throw Refuse(name, $"it has more than {limits.Members} members");
            if (Guard(name, () => check.Check(entry)) is { } member) each(member, new ArchiveContent(entry.DataStream ?? Stream.Null, problem => Refuse(name, problem.Message, problem)));
        }

        Guard(name, () =>
        {
            metered.Drain();
            return metered.EndsWhole ? true : throw new InvalidDataException("it is cut off");
        });
    }

    // Headers that concern all members, such as the commit of a git archive, are no members.
    private static TarEntry? Next(TarReader tar)
    {
        var entry = tar.GetNextEntry();
        while (entry?.EntryType == TarEntryType.GlobalExtendedAttributes) entry = tar.GetNextEntry();
        return entry;
    }

    private static T Guard<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (ArchiveContent.IsDamage(e))
        {
            throw Refuse(name, e.Message, e);
        }
    }

    private static DataFileException Refuse(string name, string problem, Exception? cause = null) =>
        new(ErrorIds.ArchiveRefused, name, 0, 0, $"this archive is not unpacked: {problem}", cause);
}
