using System.Security.Cryptography;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.Contents;

/// <summary>Verifies that content in the store matches a git id. Missing or damaged content does not match.</summary>
/// <param name="store">The store.</param>
internal sealed class StoredContentCheck(ObjectStore store)
{
    private const int BufferLength = 64 * 1024;

    /// <summary>Whether content matches a git object, or is the file of a Git LFS pointer.</summary>
    public bool IsRight(GitOid id, StoredContent content)
    {
        try
        {
            if (content.IsFolder) return FolderId(content.Id) is { } folder && folder == (id, content.Size);
            return content.IsLfs ? IsFileOf(id, content) : FileId(content.Id) is { } file && file == (id, content.Size);
        }
        catch (SkillMeatException)
        {
            // Missing or damaged content is fetched again.
            return false;
        }
    }

    /// <summary>Whether all parts of the content exist, according to indexes and folders.</summary>
    public bool IsThere(StoredContent content) => content.IsFolder ? IsThere(content.Id) : store.Reader.HasBlob(content.Id);

    private bool IsThere(ObjectId tree)
    {
        try
        {
            return store.ReadTree(tree).All(entry => entry.Kind == TreeEntryKind.Folder ? IsThere(entry.Id) : store.Reader.HasBlob(entry.Id));
        }
        catch (SkillMeatException)
        {
            return false;
        }
    }

    // A tree that was stored from a collection's folder may have permissions, which upstream content does not have.
    private (GitOid Id, long Size)? FolderId(ObjectId tree)
    {
        var entries = new List<GitTreeEntry>();
        var size = 0L;
        foreach (var entry in store.ReadTree(tree))
        {
            var found = entry.Kind == TreeEntryKind.Folder ? FolderId(entry.Id) : FileId(entry.Id, entry.Kind == TreeEntryKind.Link);
            if (entry.Mode != 0 || found is not { } known || known.Size != entry.Size) return null;
            entries.Add(new GitTreeEntry(entry.Name, ModeOf(entry.Kind), known.Id));
            size += known.Size;
        }

        return (GitObjectId.OfTree(entries), size);
    }

    // Returns null for a Git LFS pointer, because its file may be available by now.
    private (GitOid Id, long Size)? FileId(ObjectId file, bool isLink = false)
    {
        using var content = store.OpenBlob(file);
        if (content.Length < LfsPointer.LongestPointer)
        {
            var bytes = new byte[content.Length];
            content.ReadExactly(bytes);
            return !isLink && LfsPointer.Read(bytes) is not null ? null : (GitObjectId.OfBlob(bytes), bytes.Length);
        }

        using var hash = new GitHash();
        hash.Begin(GitObjectKind.Blob, content.Length);
        var buffer = new byte[BufferLength];
        for (int read; (read = content.Read(buffer)) > 0;) hash.Append(buffer.AsSpan(0, read));
        return (hash.End(), content.Length);
    }

    private bool IsFileOf(GitOid pointer, StoredContent content)
    {
        using var stream = store.OpenBlob(content.Id);
        return stream.Length == content.Size
            && GitObjectId.OfBlob(new LfsPointer(Convert.ToHexString(SHA256.HashData(stream)).ToLowerInvariant(), stream.Length).ToBytes()) == pointer;
    }

    private static GitFileMode ModeOf(TreeEntryKind kind) => kind switch
    {
        TreeEntryKind.Folder => GitFileMode.Folder,
        TreeEntryKind.Link => GitFileMode.Link,
        TreeEntryKind.Executable => GitFileMode.Executable,
        _ => GitFileMode.File,
    };
}
