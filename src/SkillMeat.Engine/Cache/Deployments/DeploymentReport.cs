using SkillMeat.Collections;

namespace SkillMeat.Cache.Deployments;

/// <summary>The deployments that a query selects.</summary>
/// <param name="Deployments">The deployments, by project, in the order of the records.</param>
/// <param name="Problems">The messages about projects whose deployments cannot be read in part or as a whole, by their paths.</param>
/// <remarks>Immutable.</remarks>
public sealed record DeploymentReport(ItemList<DeploymentStatus> Deployments, IReadOnlyDictionary<string, string> Problems);
