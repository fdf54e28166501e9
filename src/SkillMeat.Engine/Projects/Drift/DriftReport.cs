using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Projects.Drift;

/// <summary>The result of a comparison.</summary>
/// <param name="Artifacts">The artifacts, by project, in the order of the records; those without a record last.</param>
/// <param name="Problems">The errors of projects that could not be compared, or in which a record could not be read, by their paths.</param>
/// <remarks>Immutable.</remarks>
public sealed record DriftReport(ItemList<ArtifactDrift> Artifacts, IReadOnlyDictionary<string, SkillMeatException> Problems);
