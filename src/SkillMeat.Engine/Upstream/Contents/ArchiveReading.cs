using System.Text;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Storage.Archives;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Contents;

/// <summary>Reads the archive of a repository as a stream, and stores the wanted content. It can be used for several attempts.</summary>
/// <param name="question">The wanted paths.</param>
/// <param name="objects">The batch that receives the content.</param>
/// <param name="limits">The limits of what a server may send.</param>
internal sealed class ArchiveReading(ContentQuestion question, ObjectBatch objects, UpstreamLimits limits)
{
    private const int LongestAttributes = 1024 * 1024;

    // Most of an archive is not stored, but all of it has to be unpacked.
    private readonly ArchiveLimits _limits = new(limits.ArchiveMembers, (long)limits.ArchiveMebibytes << 20);

    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _attributed = new(StringComparer.Ordinal);

    /// <summary>The name of the archive in errors.</summary>
    public string Name { get; } = $"{question.Repository} at {question.Commit}";

    /// <summary>The first file in the archive with attributes that may have changed the committed bytes; null if there is none.</summary>
    public string? ChangedBy { get; private set; }

    /// <summary>The folders below wanted paths in which the archive has files but no attributes file, which may have been left out.</summary>
    public IReadOnlyCollection<string> FoldersWithoutAttributes => [.. _folders.Except(_attributed)];

    /// <summary>
    /// Reads an archive from GitHub: compressed with gzip, with one folder around everything. There is no content if its attributes may have
    /// changed it.
    /// </summary>
    /// <returns>The paths; empty if <see cref="ChangedBy"/> is set.</returns>
    /// <exception cref="DataFileException">With <see cref="ErrorIds.ArchiveRefused"/> if the archive is damaged or malicious.</exception>
    /// <exception cref="SkillMeatException">With <see cref="ErrorIds.ArchiveRefused"/> if the archive belongs to another commit.</exception>
    /// <exception cref="StorageException">The store cannot be written.</exception>
    public IReadOnlyList<FetchedPath> ReadZippedFolder(Stream archive, CancellationToken cancellationToken)
    {
        ChangedBy = null;
        _folders.Clear();
        _attributed.Clear();
        using var writer = objects.BeginWrite();
        var contents = new ArchiveContents(question, writer);
        Read(archive, (member, content) => contents.Add(member, Look(member, content), cancellationToken), cancellationToken);
        if (ChangedBy is not null) return [];
        var fetched = contents.Finish();
        cancellationToken.ThrowIfCancellationRequested();
        writer.Commit();
        return fetched;
    }

    /// <summary>Adds the missing blobs whose bytes in the archive match their git ids; others stay missing.</summary>
    /// <returns>Always true.</returns>
    /// <exception cref="EnoughException">All blobs have been found.</exception>
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
        var commit = new TarballReader(_limits, UnsafeMembers.Report).Read(
            archive,
            Name,
            (member, content) =>
            {
                if (WithoutRoot(member, ref root) is { } inside) each(inside, content);
            },
            cancellationToken);
        if (commit is not null && !commit.Equals(question.Commit, StringComparison.OrdinalIgnoreCase)) throw Refuse("it belongs to another commit");
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
        (path.Length == 0 || folder.StartsWith(path + "/", StringComparison.Ordinal)) && !folder[path.Length..].Split('/').Any(IgnoredNames.IsGit);

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

    // The paths in the archive, and the targets of hard links, begin with the name of the folder.
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

    private SkillMeatException Refuse(string problem) => new(ErrorIds.ArchiveRefused, $"{Name}: this archive was refused: {problem}");
}
