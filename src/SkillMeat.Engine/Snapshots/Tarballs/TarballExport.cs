using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Snapshots.Tarballs;

/// <summary>Writes a stored folder as a tarball that Python SkillMeat, and any tar, can unpack: one root folder with everything below it.</summary>
internal sealed class TarballExport(ObjectStore store)
{
    private const UnixFileMode UsualFolder = (UnixFileMode)0x1ed;
    private const UnixFileMode UsualFile = (UnixFileMode)0x1a4;

    /// <summary>Writes the tarball.</summary>
    /// <param name="tree">The tree of the folder.</param>
    /// <param name="root">The name of the root folder.</param>
    /// <param name="time">The modification time of all members.</param>
    /// <param name="path">The new file.</param>
    /// <param name="cancellationToken">Cancels the export. A partial file is left, which the caller removes.</param>
    /// <exception cref="StorageException">The file cannot be written, or an object is missing.</exception>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>.</exception>
    public void Write(ObjectId tree, string root, DateTimeOffset time, string path, CancellationToken cancellationToken)
    {
        using var file = store.Disk.CreateWithMode(path, Disk.PrivateFile);
        StorageGuard.Run("write", path, () =>
        {
            using var gzip = new GZipStream(file, CompressionLevel.Optimal);
            using var tar = new TarWriter(gzip, TarEntryFormat.Pax);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, root) { Mode = UsualFolder, ModificationTime = time });
            WriteFolder(tar, tree, root, time, cancellationToken);
            return true;
        });
    }

    private void WriteFolder(TarWriter tar, ObjectId tree, string folder, DateTimeOffset time, CancellationToken cancellationToken)
    {
        foreach (var entry in store.ReadTree(tree))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = $"{folder}/{entry.Name}";
            switch (entry.Kind)
            {
                case TreeEntryKind.Folder:
                    tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, path) { Mode = ModeOf(entry, UsualFolder), ModificationTime = time });
                    WriteFolder(tar, entry.Id, path, time, cancellationToken);
                    break;
                case TreeEntryKind.Link:
                    tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, path) { LinkName = Encoding.UTF8.GetString(store.ReadBlob(entry.Id, TreeLimits.LinkTarget)), ModificationTime = time });
                    break;
                default:
                    using (var content = new SizedStream(store.OpenBlob(entry.Id), entry.Size))
                    {
                        var usual = entry.Kind == TreeEntryKind.Executable ? UsualFolder : UsualFile;
                        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { Mode = ModeOf(entry, usual), ModificationTime = time, DataStream = content });
                    }

                    break;
            }
        }
    }

    private static UnixFileMode ModeOf(TreeEntry entry, UnixFileMode usual) => entry.Mode == 0 ? usual : (UnixFileMode)entry.Mode;
}
