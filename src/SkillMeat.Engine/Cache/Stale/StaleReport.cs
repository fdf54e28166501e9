using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cache.Stale;

/// <summary>The artifacts that are stale.</summary>
/// <param name="Artifacts">The artifacts, in the wanted order.</param>
/// <param name="Problems">The errors of projects whose deployments cannot be read in part or as a whole, by their paths.</param>
/// <remarks>Immutable.</remarks>
public sealed record StaleReport(ItemList<StaleArtifact> Artifacts, IReadOnlyDictionary<string, SkillMeatException> Problems);
