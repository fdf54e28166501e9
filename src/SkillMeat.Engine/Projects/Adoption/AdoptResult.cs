using SkillMeat.Collections;

namespace SkillMeat.Projects.Adoption;

/// <summary>The result of an adoption.</summary>
/// <param name="Artifacts">The artifacts that no record of this home named, by project.</param>
/// <param name="Warnings">The warnings, one sentence each, such as of a damaged record of another program.</param>
/// <remarks>Immutable.</remarks>
public sealed record AdoptResult(ItemList<AdoptedArtifact> Artifacts, TextValues Warnings)
{
    /// <summary>Whether an artifact could not be adopted for a reason other than a conflict.</summary>
    public bool HasErrors => Artifacts.Any(one => one.Status == AdoptStatus.Error);

    /// <summary>Whether the collection has another artifact of the same name or place.</summary>
    public bool HasConflicts => Artifacts.Any(one => one.Status == AdoptStatus.Conflict);
}
