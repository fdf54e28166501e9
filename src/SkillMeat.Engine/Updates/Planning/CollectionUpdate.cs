using SkillMeat.Collections;

namespace SkillMeat.Updates.Planning;

/// <summary>What is to be done with one collection.</summary>
/// <param name="Collection">The name of its folder.</param>
/// <param name="Files">Its manifest and lock file as they are.</param>
/// <param name="Artifacts">Each artifact that was asked for.</param>
internal sealed record CollectionUpdate(string Collection, CollectionFiles Files, IReadOnlyList<ArtifactUpdate> Artifacts)
{
    public bool HasChanges => Artifacts.Any(artifact => artifact.Entry.IsChange);
}
