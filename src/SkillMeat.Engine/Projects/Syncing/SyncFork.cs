using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Projects.Syncing;

/// <summary>A new artifact of a collection, made of the copy in a project.</summary>
/// <param name="Id">The artifact.</param>
/// <param name="Path">The path of its files in the collection.</param>
/// <param name="Content">The stored content.</param>
/// <param name="ContentHash">The content hash.</param>
/// <param name="Valid">The validated content.</param>
internal sealed record SyncFork(ArtifactId Id, string Path, TreeEntry Content, string ContentHash, ValidArtifact Valid)
{
    /// <summary>Creates the manifest entry. A fork has no upstream: an update would bring the changes that its author did not want.</summary>
    public NewArtifact ToEntry() => Valid.Description.AddTo(new NewArtifact { Id = Id, Path = Path, Origin = ArtifactOrigin.Local });
}
