using SkillMeat.Errors;
using SkillMeat.Storage.Archives;

namespace SkillMeat.Snapshots.Tarballs;

/// <summary>Reads a tarball, and checks that it is a collection: one root folder, with a manifest, and nothing that would be written elsewhere.</summary>
internal sealed class SnapshotTarball(string path)
{
    /// <summary>Reads the tarball to its end.</summary>
    /// <param name="file">The gzipped bytes.</param>
    /// <param name="each">Called for every member below the root folder, with its path relative to that.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ArchiveRefused"/>: the tarball is truncated, damaged, too large, malicious, or not a collection.</exception>
    public void Read(Stream file, Action<ArchiveMember, Stream> each, CancellationToken cancellationToken)
    {
        string? root = null;
        var hasManifest = false;
        new TarballReader(ArchiveLimits.Default).Read(file, path, (member, content) =>
        {
            var slash = member.Path.IndexOf('/', StringComparison.Ordinal);
            var top = slash < 0 ? member.Path : member.Path[..slash];
            if (top != (root ??= top)) throw Refuse($"it contains '{root}' and '{top}', but a snapshot contains one collection");
            if (slash < 0)
            {
                if (member.Kind != ArchiveMemberKind.Folder) throw Refuse($"its member '{top}' is not a folder");
                return;
            }

            var below = member.Path[(slash + 1)..];
            var target = member.Kind == ArchiveMemberKind.HardLink ? member.Target![(slash + 1)..] : member.Target;
            hasManifest |= below == "collection.toml" && member.Kind == ArchiveMemberKind.File;
            each(member with { Path = below, Target = target }, content);
        }, cancellationToken);
        if (!hasManifest) throw Refuse("it contains no collection.toml");
    }

    public DataFileException Refuse(string problem, Exception? cause = null) => new(ErrorIds.ArchiveRefused, path, 0, 0, $"this archive was refused: {problem}", cause);
}
