namespace SkillMeat.Upstream.Git;

/// <summary>The ids that git would give to content: of bytes, of trees, of files and folders on disk.</summary>
/// <remarks>
/// A folder's id is that of the tree which <c>git add --force .</c> and <c>git write-tree</c> make of it: <c>.git</c> is left out, empty folders
/// do not count, links inside are links, and on Unix the owner's execute bit counts. Nothing is ignored and no line ending is converted.
/// Stateless, so it may be used from any thread.
/// </remarks>
internal static class GitObjectId
{
    /// <summary>The id of a file's blob or a folder's tree. A link counts as what it leads to here, and only here.</summary>
    /// <exception cref="Errors.StorageException">Nothing is there, or it can't be read, or it changes while it is read.</exception>
    public static GitOid Of(string path, CancellationToken cancellationToken = default) =>
        Directory.Exists(path) ? OfFolder(path, cancellationToken) : OfFile(path, cancellationToken);

    /// <summary>The id of a file's blob; a link counts as what it leads to.</summary>
    /// <exception cref="Errors.StorageException">The file is not there, can't be read, or changes while it is read.</exception>
    public static GitOid OfFile(string path, CancellationToken cancellationToken = default)
    {
        using var hasher = new GitDiskHasher(cancellationToken);
        return hasher.HashFile(path);
    }

    /// <summary>The id of a folder's tree.</summary>
    /// <exception cref="Errors.StorageException">The folder is not there, or something in it can't be read or changes while it is read.</exception>
    public static GitOid OfFolder(string folder, CancellationToken cancellationToken = default)
    {
        using var hasher = new GitDiskHasher(cancellationToken);
        return hasher.HashFolder(folder);
    }

    /// <summary>The id of a blob of these bytes.</summary>
    public static GitOid OfBlob(ReadOnlySpan<byte> content) => Of(GitObjectKind.Blob, content);

    /// <summary>The id of a tree of these entries, in whatever order they come.</summary>
    public static GitOid OfTree(IEnumerable<GitTreeEntry> entries) => Of(GitObjectKind.Tree, GitTree.Write(entries).Span);

    private static GitOid Of(GitObjectKind kind, ReadOnlySpan<byte> content)
    {
        using var hash = new GitHash();
        return hash.Of(kind, content);
    }
}
