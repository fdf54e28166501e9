using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Snapshots.Tarballs;

/// <summary>Reads a tarball to its end, as a restore would, but stores nothing.</summary>
internal sealed class TarballCheck(string path)
{
    /// <exception cref="DataFileException"><see cref="ErrorIds.ArchiveRefused"/>: a restore would refuse it.</exception>
    /// <exception cref="StorageException">The file does not exist or cannot be read.</exception>
    public SnapshotCheck Run(string snapshotId, string collection, CancellationToken cancellationToken)
    {
        using var file = StorageGuard.Run("read", path, () => RegularFile.OpenRead(path));
        var (members, bytes) = (0, 0L);
        var buffer = new byte[1 << 16];
        new SnapshotTarball(path).Read(file, (_, content) =>
        {
            members++;
            for (var read = content.Read(buffer); read > 0; read = content.Read(buffer)) bytes += read;
        }, cancellationToken);
        return new SnapshotCheck(snapshotId, collection, members, bytes, []);
    }
}
