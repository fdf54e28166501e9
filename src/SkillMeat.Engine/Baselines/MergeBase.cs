using SkillMeat.Collections;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Baselines;

/// <summary>The stored content that an artifact's files were fetched as: what a three-way merge starts from.</summary>
/// <param name="Artifact">The artifact.</param>
/// <param name="ContentHash">Its content hash, which the lock file has as well; it is not free of collisions, so it only tells to which entry this belongs.</param>
/// <param name="Content">The stored file or folder.</param>
internal sealed record MergeBase(ArtifactId Artifact, string ContentHash, TreeEntry Content)
{
    /// <summary>The object that must stay.</summary>
    public ObjectId Object => Content.Id;
}
