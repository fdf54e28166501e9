using System.Text;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;
using SkillMeat.Storage.Archives;
using SkillMeat.Storage.Files;

namespace SkillMeat.Snapshots.Tarballs;

/// <summary>Imports a tarball of Python SkillMeat into the object store, so that it can be restored like a snapshot of ours. Nothing is unpacked to the disk.</summary>
internal sealed class TarballImport(ObjectStore store)
{
    // 644 and 755, as git has them: a tarball can be of anybody, and its modes would make files that everybody can write to. What is private in it stays private.
    private const int MostOfFile = 0x1a4;
    private const int MostOfFolder = 0x1ed;

    /// <summary>Imports a tarball.</summary>
    /// <param name="path">The path of the tarball.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    /// <returns>The tree of the collection's folder.</returns>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ArchiveRefused"/>: the tarball is truncated, damaged, too large, malicious, or not a collection.</exception>
    /// <exception cref="StorageException">The file cannot be read, or the objects cannot be written.</exception>
    public ObjectId Read(string path, CancellationToken cancellationToken)
    {
        using var file = StorageGuard.Run("read", path, () => RegularFile.OpenRead(path));
        using var writer = store.BeginWrite();
        var tree = new TreeBuilder();
        var tarball = new SnapshotTarball(path);
        tarball.Read(file, (member, content) => Add(tree, member, content, tarball, writer, cancellationToken), cancellationToken);
        var (id, _) = tree.Build(writer);
        writer.Commit();
        return id;
    }

    private static void Add(TreeBuilder tree, ArchiveMember member, Stream content, SnapshotTarball tarball, ObjectWriter writer, CancellationToken cancellationToken)
    {
        switch (member.Kind)
        {
            case ArchiveMemberKind.Folder:
                tree.AddFolder(member.Path, member.Mode & MostOfFolder);
                break;
            case ArchiveMemberKind.Link:
                var target = Encoding.UTF8.GetBytes(member.Target!);
                tree.Add(member.Path, TreeEntryKind.Link, writer.AddBlob(target), target.Length, mode: 0);
                break;
            case ArchiveMemberKind.HardLink when tree.Find(member.Target!) is { } first:
                tree.Add(member.Path, first.Kind, first.Id, first.Size, first.Mode);
                break;
            case ArchiveMemberKind.HardLink:
                throw tarball.Refuse($"its member '{member.Path}' is a hard link to nothing");
            default:
                var kind = member.IsExecutable ? TreeEntryKind.Executable : TreeEntryKind.File;
                tree.Add(member.Path, kind, AddBlob(member, content, tarball, writer, cancellationToken), member.Size, member.Mode & (member.IsExecutable ? MostOfFolder : MostOfFile));
                break;
        }
    }

    private static ObjectId AddBlob(ArchiveMember member, Stream content, SnapshotTarball tarball, ObjectWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            return writer.AddBlob(content, member.Size, cancellationToken);
        }
        catch (EndOfStreamException e)
        {
            throw tarball.Refuse("it is cut off", e);
        }
    }
}
