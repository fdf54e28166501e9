using System.Text;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Storage.Archives;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.Contents;

/// <summary>Reads a repository's archive as it comes, and stores what is wanted of it. One attempt after another may use it.</summary>
/// <param name="question">What is wanted.</param>
/// <param name="store">Where it goes.</param>
internal sealed class ArchiveReading(ContentQuestion question, ObjectStore store)
{
    private const int LongestAttributes = 1024 * 1024;

    /// <summary>
    /// Far above what repositories of artifacts hold, and still nothing that fills a disk: most of it is not stored, but all of it has to be unpacked.
    /// </summary>
    private static readonly ArchiveLimits Limits = new(Members: 100_000, TotalBytes: 2L << 30);

    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _attributed = new(StringComparer.Ordinal);

    /// <summary>What errors call it.</summary>
    public string Name { get; } = $"{question.Repository} at {question.Commit}";

    /// <summary>The first file in the archive that says that other bytes may have been committed; null when there is none.</summary>
    public string? ChangedBy { get; private set; }

    /// <summary>The folders below wanted paths in which the archive has files but none that says so; it may have left out that very one.</summary>
    public IReadOnlyCollection<string> FoldersWithoutAttributes => [.. _folders.Except(_attributed)];

    /// <summary>Reads what GitHub sends: gzipped, with one folder around everything. What its attributes may have changed is not stored.</summary>
    /// <returns>The paths; none when there is a <see cref="ChangedBy"/>.</returns>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ArchiveRefused"/>: damaged, or hostile.</exception>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArchiveRefused"/>: it is that of another commit.</exception>
    /// <exception cref="StorageException">The file system refused.</exception>
    public IReadOnlyList<FetchedPath> ReadZippedFolder(Stream archive, CancellationToken cancellationToken)
    {
        ChangedBy = null;
        _folders.Clear();
        _attributed.Clear();
        using var writer = store.BeginWrite();
        var contents = new ArchiveContents(question, writer);
        Read(archive, (member, content) => contents.Add(member, Look(member, content), cancellationToken), cancellationToken);
        if (ChangedBy is not null) return [];
        var fetched = contents.Finish();
        cancellationToken.ThrowIfCancellationRequested();
        writer.Commit();
        return fetched;
    }

    /// <summary>Takes what is missing out of such an archive, as far as it is what git's trees say; the rest stays missing.</summary>
    /// <returns>Whether everything was read.</returns>
    /// <exception cref="EnoughException">Nothing is missing any more.</exception>
    /// <inheritdoc cref="ReadZippedFolder(Stream, CancellationToken)"/>
    public bool ReadZippedFolder(Stream archive, ContentAssembly assembly, CancellationToken cancellationToken)
    {
        var wanted = assembly.MissingPaths();
        Read(
            archive,
            (member, content) =>
            {
                if (!wanted.TryGetValue(member.Path, out var id)) return;
                if (member.Kind == ArchiveMemberKind.File) assembly.TryAdd(id, content, member.Size, cancellationToken);
                else if (member.Kind == ArchiveMemberKind.Link && Encoding.UTF8.GetBytes(member.Target!) is var target && GitObjectId.OfBlob(target) == id) assembly.Add(id, target);
                if (assembly.Missing.Count == 0) throw new EnoughException();
            },
            cancellationToken);
        return true;
    }

    private void Read(Stream archive, Action<ArchiveMember, Stream> each, CancellationToken cancellationToken)
    {
        string? root = null;
        var commit = new TarballReader(Limits, UnsafeMembers.Report).Read(
            archive,
            Name,
            (member, content) =>
            {
                if (WithoutRoot(member, ref root) is { } inside) each(inside, content);
            },
            cancellationToken);
        if (commit is not null && !commit.Equals(question.Commit, StringComparison.OrdinalIgnoreCase)) throw Refuse("it says that it is that of another commit");
    }

    private void NoteFolders(string file)
    {
        for (var end = file.LastIndexOf('/'); end > 0; end = file.LastIndexOf('/', end - 1))
        {
            var folder = file[..end];
            if (!question.Paths.Any(path => IsWantedOf(path, folder)) || !_folders.Add(folder)) return;
        }
    }

    private static bool IsWantedOf(string path, string folder) =>
        (path.Length == 0 || folder.StartsWith(path + "/", StringComparison.Ordinal)) && !folder[path.Length..].Split('/').Any(IgnoredNames.Contains);

    private Stream Look(ArchiveMember member, Stream content)
    {
        NoteFolders(member.Path);
        var isConcerned = member.Kind == ArchiveMemberKind.File
            && member.Path[(member.Path.LastIndexOf('/') + 1)..] == GitAttributes.FileName
            && question.Paths.Any(path => GitAttributes.Concerns(member.Path, path));
        if (!isConcerned) return content;
        _attributed.Add(member.Path[..Math.Max(0, member.Path.LastIndexOf('/'))]);
        var bytes = member.Size <= LongestAttributes ? new byte[member.Size] : [];
        content.ReadExactly(bytes);
        if (member.Size > LongestAttributes || GitAttributes.MayChange(bytes)) ChangedBy ??= member.Path;
        return bytes.Length == member.Size ? new MemoryStream(bytes) : content;
    }

    // The names in it begin with that of the folder; what a second name is that of, too.
    private ArchiveMember? WithoutRoot(ArchiveMember member, ref string? root)
    {
        var end = member.Path.IndexOf('/', StringComparison.Ordinal);
        var first = end < 0 ? member.Path : member.Path[..end];
        root ??= first;
        if (first != root) throw Refuse("it has more than one folder at its top");
        if (end < 0) return member.Kind == ArchiveMemberKind.Folder ? null : throw Refuse("it has a file at its top");
        var target = member.Kind == ArchiveMemberKind.HardLink ? member.Target![(root.Length + 1)..] : member.Target;
        return member with { Path = member.Path[(end + 1)..], Target = target };
    }

    private SkillMeatException Refuse(string problem) => new(ErrorIds.ArchiveRefused, $"{Name}: this archive is not unpacked: {problem}");
}
