using System.Security.Cryptography;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.Contents;

/// <summary>Finds out from the bytes in the store whether they are what a git id stands for. Missing or damaged content is not.</summary>
/// <param name="store">The store.</param>
internal sealed class StoredContentCheck(ObjectStore store)
{
    private const int BufferLength = 64 * 1024;

    /// <summary>Whether content is that of a git object, or the file that a pointer of Git LFS stands for.</summary>
    public bool IsRight(GitOid id, StoredContent content)
    {
        try
        {
            if (content.IsFolder) return FolderId(content.Id) is { } folder && folder == (id, content.Size);
            return content.IsLfs ? IsFileOf(id, content) : FileId(content.Id) is { } file && file == (id, content.Size);
        }
        catch (SkillMeatException)
        {
            // Missing or damaged: fetched anew.
            return false;
        }
    }

    /// <summary>Whether everything is there, as far as indexes and folders tell.</summary>
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

    // A tree that a collection's folder was stored as may have permissions, which nothing of upstream has.
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

    // Null for a pointer of Git LFS, whose file may be had by now.
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
