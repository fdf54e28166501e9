using SkillMeat.Errors;
using SkillMeat.Storage.Archives;
using SkillMeat.Storage.Objects;

namespace SkillMeat.Upstream.Contents;

/// <summary>Reads a repository's archive as it comes, and stores what is wanted of it. One attempt after another may use it.</summary>
/// <param name="question">What is wanted.</param>
/// <param name="store">Where it goes.</param>
internal sealed class ArchiveReading(ContentQuestion question, ObjectStore store)
{
    /// <summary>
    /// Far above what repositories of artifacts hold, and still nothing that fills a disk: most of it is not stored, but all of it has to be unpacked.
    /// </summary>
    private static readonly ArchiveLimits Limits = new(Members: 100_000, TotalBytes: 2L << 30);

    /// <summary>What errors call it.</summary>
    public string Name { get; } = $"{question.Repository} at {question.Commit}";

    /// <summary>Reads what GitHub sends: gzipped, with one folder around everything.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ArchiveRefused"/>: damaged, or hostile.</exception>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArchiveRefused"/>: it is that of another commit.</exception>
    /// <exception cref="StorageException">The file system refused.</exception>
    public IReadOnlyList<FetchedPath> ReadZippedFolder(Stream archive, CancellationToken cancellationToken)
    {
        string? root = null;
        return Read(
            (reader, store) => reader.Read(
                archive,
                Name,
                (member, content) =>
                {
                    if (WithoutRoot(member, ref root) is { } inside) store(inside, content);
                },
                cancellationToken),
            cancellationToken);
    }

    /// <summary>Reads what git writes when it is not told otherwise.</summary>
    /// <inheritdoc cref="ReadZippedFolder"/>
    public IReadOnlyList<FetchedPath> ReadPlain(Stream archive, CancellationToken cancellationToken) =>
        Read((reader, store) => reader.ReadUnzipped(archive, Name, store, cancellationToken), cancellationToken);

    private IReadOnlyList<FetchedPath> Read(Func<TarballReader, Action<ArchiveMember, Stream>, string?> read, CancellationToken cancellationToken)
    {
        using var writer = store.BeginWrite();
        var contents = new ArchiveContents(question, writer);
        var commit = read(new TarballReader(Limits, OddMembers.Tell), (member, content) => contents.Add(member, content, cancellationToken));
        if (commit is not null && !commit.Equals(question.Commit, StringComparison.OrdinalIgnoreCase)) throw Refuse("it says that it is that of another commit");
        var fetched = contents.Finish();
        cancellationToken.ThrowIfCancellationRequested();
        writer.Commit();
        return fetched;
    }

    // The names in it begin with that of the folder; what a second name is that of, too.
    private ArchiveMember? WithoutRoot(ArchiveMember member, ref string? root)
    {
        var end = member.Path.IndexOf('/', StringComparison.Ordinal);
        var first = end < 0 ? member.Path : member.Path[..end];
        root ??= first;
        if (first != root) throw Refuse("it has more than one folder at its top");
        if (end < 0) return member.Kind == ArchiveMemberKind.Folder ? null : throw Refuse("it has a file at its top");
        var target = member.Kind == ArchiveMemberKind.SecondName ? member.Target![(root.Length + 1)..] : member.Target;
        return member with { Path = member.Path[(end + 1)..], Target = target };
    }

    private SkillMeatException Refuse(string problem) => new(ErrorIds.ArchiveRefused, $"{Name}: this archive is not unpacked: {problem}");
}
