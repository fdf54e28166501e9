using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cache.Deployments;

/// <summary>The deployments that a query selects.</summary>
/// <param name="Deployments">The deployments, by project, in the order of the records.</param>
/// <param name="Problems">The errors of projects whose deployments cannot be read in part or as a whole, by their paths.</param>
/// <remarks>Immutable.</remarks>
public sealed record DeploymentReport(ItemList<DeploymentStatus> Deployments, IReadOnlyDictionary<string, SkillMeatException> Problems);
