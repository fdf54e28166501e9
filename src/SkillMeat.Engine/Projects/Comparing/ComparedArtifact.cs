using SkillMeat.Collections;
using SkillMeat.Projects.Syncing;

namespace SkillMeat.Projects.Comparing;

/// <summary>The artifact of a comparison.</summary>
/// <param name="Id">The artifact.</param>
/// <param name="Collection">The collection, or null if there is none.</param>
/// <param name="CollectionName">The name of the collection.</param>
/// <param name="Target">The deployment, or null without a project.</param>
internal sealed record ComparedArtifact(ArtifactId Id, Collection? Collection, string CollectionName, SyncTarget? Target)
{
    /// <summary>The artifact as the manifest lists it, or null if it does not.</summary>
    public Artifact? Artifact => Collection?.Artifacts.FirstOrDefault(artifact => artifact.Id == Id);
}
