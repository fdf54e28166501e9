using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;
using SkillMeat.Storage.Archives;
using SkillMeat.Storage.Files;

namespace SkillMeat.Snapshots.Tarballs;

/// <summary>Reads a tarball back and compares it with the tree that it was written from.</summary>
internal sealed class TarballComparison(ObjectStore store)
{
    /// <exception cref="StorageException">The tarball differs from the tree, most likely because of a faulty device.</exception>
    public void Check(string path, ObjectId tree, CancellationToken cancellationToken)
    {
        var left = new Dictionary<string, TreeEntry>(StringComparer.Ordinal);
        Collect(tree, "", depth: 0, left);
        using var file = StorageGuard.Run("read", path, () => RegularFile.OpenRead(path));
        new SnapshotTarball(path).Read(file, (member, content) =>
        {
            if (!left.Remove(member.Path, out var entry) || !IsSame(entry, member, content, cancellationToken)) throw Differs(path, member.Path);
        }, cancellationToken);
        if (left.Count > 0) throw Differs(path, left.Keys.First());
    }

    private void Collect(ObjectId tree, string folder, int depth, Dictionary<string, TreeEntry> entries)
    {
        TreeLimits.Check(store.Folder.Path, tree, depth, entries.Count);
        foreach (var entry in store.ReadTree(tree))
        {
            var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            entries.Add(path, entry);
            if (entry.Kind == TreeEntryKind.Folder) Collect(entry.Id, path, depth + 1, entries);
        }
    }

    private static bool IsSame(TreeEntry entry, ArchiveMember member, Stream content, CancellationToken cancellationToken) => entry.Kind switch
    {
        TreeEntryKind.Folder => member.Kind == ArchiveMemberKind.Folder,
        TreeEntryKind.Link => member.Kind == ArchiveMemberKind.Link && ObjectHash.Of(ObjectKind.Blob, System.Text.Encoding.UTF8.GetBytes(member.Target!)) == entry.Id,
        _ => member.Kind == ArchiveMemberKind.File && member.Size == entry.Size && HashOf(content, member.Size, cancellationToken) == entry.Id,
    };

    private static ObjectId HashOf(Stream content, long size, CancellationToken cancellationToken)
    {
        using var hash = ObjectHash.Begin(ObjectKind.Blob, size);
        var buffer = new byte[1 << 16];
        for (var read = content.Read(buffer); read > 0; read = content.Read(buffer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        return ObjectHash.End(hash);
    }

    private static StorageException Differs(string path, string member) =>
        new(ErrorIds.StorageFailed, path, $"cannot write {path}: its member '{member}' is not what was written");
}
