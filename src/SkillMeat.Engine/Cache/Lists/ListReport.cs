using SkillMeat.Collections;

namespace SkillMeat.Cache.Lists;

/// <summary>One page of a list of artifacts.</summary>
/// <param name="Items">The artifacts, in order.</param>
/// <param name="Total">The number of artifacts on all pages.</param>
/// <param name="HasMore">Whether another page follows.</param>
/// <remarks>Immutable.</remarks>
public sealed record ListReport(ItemList<ListedArtifact> Items, int Total, bool HasMore);
