using SkillMeat.Objects;

namespace SkillMeat.Upstream.Contents;

/// <summary>The place of a git object's content in the store.</summary>
/// <param name="Id">The stored file or folder.</param>
/// <param name="Size">The size in bytes; for a folder, of all files in it.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
internal readonly record struct StoredContent(ObjectId Id, long Size, bool IsFolder)
{
    /// <summary>Whether the git object is a Git LFS pointer, and the content its file.</summary>
    public bool IsLfs { get; init; }
}
