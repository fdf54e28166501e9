namespace SkillMeat.Upstream.Git;

/// <summary>Computes the ids that git would assign to bytes, trees, files and folders.</summary>
/// <remarks>
/// The id of a folder is that of the tree that <c>git add --force .</c> and <c>git write-tree</c> create: <c>.git</c> and empty folders are left out,
/// links in it stay links, and on Unix the owner's execute bit counts. Nothing is ignored and no line endings are converted. Thread-safe.
/// </remarks>
internal static class GitObjectId
{
    /// <summary>Returns the blob id of a file or the tree id of a folder. If the path itself is a link, it is followed.</summary>
    /// <exception cref="Errors.StorageException">The path does not exist, cannot be read, or changes while it is read.</exception>
    public static GitOid Of(string path, CancellationToken cancellationToken = default) =>
        Directory.Exists(path) ? OfFolder(path, cancellationToken) : OfFile(path, cancellationToken);

    /// <summary>Returns the blob id of a file. A link is followed.</summary>
    /// <exception cref="Errors.StorageException">The file does not exist, cannot be read, or changes while it is read.</exception>
    public static GitOid OfFile(string path, CancellationToken cancellationToken = default)
    {
        using var hasher = new GitDiskHasher(cancellationToken);
        return hasher.HashFile(path);
    }

    /// <summary>Returns the tree id of a folder.</summary>
    /// <exception cref="Errors.StorageException">
    /// The folder does not exist, or something in it cannot be read or changes while it is read.
    /// </exception>
    public static GitOid OfFolder(string folder, CancellationToken cancellationToken = default)
    {
        using var hasher = new GitDiskHasher(cancellationToken);
        return hasher.HashFolder(folder);
    }

    /// <summary>Returns the blob id of bytes.</summary>
    public static GitOid OfBlob(ReadOnlySpan<byte> content) => Of(GitObjectKind.Blob, content);

    /// <summary>Returns the tree id of entries, which may be in any order.</summary>
    public static GitOid OfTree(IEnumerable<GitTreeEntry> entries) => Of(GitObjectKind.Tree, GitTree.Write(entries).Span);

    private static GitOid Of(GitObjectKind kind, ReadOnlySpan<byte> content)
    {
        using var hash = new GitHash();
        return hash.Of(kind, content);
    }
}
