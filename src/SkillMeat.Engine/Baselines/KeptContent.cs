using SkillMeat.Collections;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Baselines;

/// <summary>A stored content that belongs to a project: what was deployed, which is the base of three-way merges, or what a forced deployment replaced.</summary>
/// <param name="Artifact">The artifact.</param>
/// <param name="Path">The full path of the copy.</param>
/// <param name="ContentHash">The content hash, as in the deployment record.</param>
/// <param name="Content">The stored file or folder.</param>
/// <param name="ReplacedAt">The time in UTC at which it was replaced by force; null for what was deployed.</param>
internal sealed record KeptContent(ArtifactId Artifact, string Path, string ContentHash, TreeEntry Content, DateTimeOffset? ReplacedAt = null)
{
    /// <summary>The object of the content, which must not be collected.</summary>
    public ObjectId Object => Content.Id;
}
