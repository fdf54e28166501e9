using SkillMeat.Objects;

namespace SkillMeat.Upstream.Contents;

/// <summary>Where in the store the content of a git object is.</summary>
/// <param name="Id">The stored file or folder.</param>
/// <param name="Size">Its length in bytes; of a folder, of all files in it.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
internal readonly record struct StoredContent(ObjectId Id, long Size, bool IsFolder)
{
    /// <summary>Whether it is the file that the git object, a pointer of Git LFS, stands for.</summary>
    public bool IsLfs { get; init; }
}
