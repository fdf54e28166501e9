using SkillMeat.Collections;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Baselines;

/// <summary>The content of an artifact as it was fetched: the base of three-way merges.</summary>
/// <param name="Artifact">The artifact.</param>
/// <param name="ContentHash">The content hash, as in the lock file. It is not collision-free, so it only tells which lock entry this base belongs to.</param>
/// <param name="Content">The stored file or folder.</param>
internal sealed record MergeBase(ArtifactId Artifact, string ContentHash, TreeEntry Content)
{
    /// <summary>The object of the content, which must not be collected.</summary>
    public ObjectId Object => Content.Id;
}
