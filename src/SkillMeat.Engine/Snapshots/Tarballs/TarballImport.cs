using System.Text;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;
using SkillMeat.Storage.Archives;

namespace SkillMeat.Snapshots.Tarballs;

/// <summary>Reads a snapshot of the original's into stored objects, so that it is restored like one of ours. Nothing is unpacked to the disk.</summary>
internal sealed class TarballImport(ObjectStore store)
{
    /// <summary>Reads all of it.</summary>
    /// <param name="path">The tarball.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The collection's folder, stored.</returns>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ArchiveRefused"/>: cut, changed, too large, hostile, or no collection.</exception>
    /// <exception cref="StorageException">It is not there, or can't be read; or the objects can't be written.</exception>
    public ObjectId Read(string path, CancellationToken cancellationToken)
    {
        using var file = StorageGuard.Run("read", path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
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
                tree.AddFolder(member.Path, member.Mode);
                break;
            case ArchiveMemberKind.Link:
                var target = Encoding.UTF8.GetBytes(member.Target!);
                tree.Add(member.Path, TreeEntryKind.Link, writer.AddBlob(target), target.Length, mode: 0);
                break;
            case ArchiveMemberKind.SecondName when tree.Find(member.Target!) is { } first:
                tree.Add(member.Path, first.Kind, first.Id, first.Size, first.Mode);
                break;
            case ArchiveMemberKind.SecondName:
                throw tarball.Refuse($"'{member.Path}' in it is a second name of nothing");
            default:
                var kind = member.IsExecutable ? TreeEntryKind.Executable : TreeEntryKind.File;
                tree.Add(member.Path, kind, AddBlob(member, content, tarball, writer, cancellationToken), member.Size, member.Mode);
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
