using SkillMeat.Collections;

namespace SkillMeat.Updates.Planning;

/// <summary>The planned update of one collection.</summary>
/// <param name="Collection">The name of the collection's folder.</param>
/// <param name="Files">The manifest and lock file as they are.</param>
/// <param name="Artifacts">The requested artifacts.</param>
internal sealed record CollectionUpdate(string Collection, CollectionFiles Files, IReadOnlyList<ArtifactUpdate> Artifacts)
{
    public bool HasChanges => Artifacts.Any(artifact => artifact.Entry.IsChange);
}
