using SkillMeat.Errors;
using SkillMeat.Storage.Archives;

namespace SkillMeat.Snapshots.Tarballs;

/// <summary>What must be so of a tarball that shall be a collection: one root folder, a manifest in it, nothing that would be written elsewhere.</summary>
internal sealed class SnapshotTarball(string path)
{
    /// <summary>Reads it to its end.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="each">Told everything below the root folder, whose name is left out of the paths.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ArchiveRefused"/>: cut, changed, too large, hostile, or no collection.</exception>
    public void Read(Stream file, Action<ArchiveMember, Stream> each, CancellationToken cancellationToken)
    {
        string? root = null;
        var hasManifest = false;
        new TarballReader(ArchiveLimits.Default).Read(file, path, (member, content) =>
        {
            var slash = member.Path.IndexOf('/', StringComparison.Ordinal);
            var top = slash < 0 ? member.Path : member.Path[..slash];
            if (top != (root ??= top)) throw Refuse($"it holds '{root}' and '{top}', and a snapshot holds one collection");
            if (slash < 0)
            {
                if (member.Kind != ArchiveMemberKind.Folder) throw Refuse($"'{top}' in it is no folder");
                return;
            }

            var below = member.Path[(slash + 1)..];
            var target = member.Kind == ArchiveMemberKind.SecondName ? member.Target![(slash + 1)..] : member.Target;
            hasManifest |= below == "collection.toml" && member.Kind == ArchiveMemberKind.File;
            each(member with { Path = below, Target = target }, content);
        }, cancellationToken);
        if (!hasManifest) throw Refuse("it holds no collection.toml");
    }

    public DataFileException Refuse(string problem, Exception? cause = null) => new(ErrorIds.ArchiveRefused, path, 0, 0, $"this archive is not unpacked: {problem}", cause);
}
