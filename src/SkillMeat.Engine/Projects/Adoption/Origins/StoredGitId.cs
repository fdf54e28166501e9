using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Projects.Adoption.Origins;

/// <summary>Computes the id that git would give to a stored file or folder. Not thread-safe.</summary>
internal sealed class StoredGitId(ObjectStore objects) : IDisposable
{
    private readonly GitHash _hash = new();

    /// <summary>Returns the id of a blob or tree. Empty folders are left out, as git does.</summary>
    /// <param name="content">The stored content.</param>
    /// <param name="name">The name of a direct file of the folder that has other bytes.</param>
    /// <param name="bytes">Those bytes.</param>
    public GitOid Of(TreeEntry content, string? name = null, ReadOnlyMemory<byte> bytes = default) =>
        content.Kind == TreeEntryKind.Folder ? OfTree(EntriesOf(content, name, bytes)) : OfBlob(content);

    public void Dispose() => _hash.Dispose();

    private List<GitTreeEntry> EntriesOf(TreeEntry folder, string? name, ReadOnlyMemory<byte> bytes)
    {
        var entries = new List<GitTreeEntry>();
        foreach (var entry in objects.ReadTree(folder.Id))
        {
            if (entry.Name.Equals(".git", StringComparison.OrdinalIgnoreCase)) continue;
            if (entry.Kind == TreeEntryKind.Folder)
            {
                if (EntriesOf(entry, name: null, bytes: default) is { Count: > 0 } below) entries.Add(new GitTreeEntry(entry.Name, GitFileMode.Folder, OfTree(below)));
                continue;
            }

            var mode = entry.Kind switch { TreeEntryKind.Link => GitFileMode.Link, TreeEntryKind.Executable => GitFileMode.Executable, _ => GitFileMode.File };
            entries.Add(new GitTreeEntry(entry.Name, mode, entry.Name == name ? _hash.Of(GitObjectKind.Blob, bytes.Span) : OfBlob(entry)));
        }

        return entries;
    }

    private GitOid OfTree(List<GitTreeEntry> entries) => _hash.Of(GitObjectKind.Tree, GitTree.Write(entries).Span);

    private GitOid OfBlob(TreeEntry file)
    {
        using var stream = objects.OpenBlob(file.Id);
        _hash.Begin(GitObjectKind.Blob, stream.Length);
        for (var piece = stream.ReadPiece(); !piece.IsEmpty; piece = stream.ReadPiece()) _hash.Append(piece.Span);
        return _hash.End();
    }
}
