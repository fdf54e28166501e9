using SkillMeat.Collections;

namespace SkillMeat.Cache.Lists;

/// <summary>An artifact in a list, with its known state upstream and the number of its copies.</summary>
/// <param name="Artifact">The artifact, without the details that only its manifest has.</param>
/// <param name="State">The state upstream.</param>
/// <param name="UpstreamVersion">The version upstream, or null.</param>
/// <param name="CheckedAt">The time of the last update check, in UTC, or null.</param>
/// <param name="Deployments">The number of copies in projects.</param>
/// <param name="Drifted">The number of those that differ from the collection.</param>
/// <param name="Place">The place in the list.</param>
/// <remarks>Immutable.</remarks>
public sealed record ListedArtifact(Artifact Artifact, ListedState State, string? UpstreamVersion, DateTimeOffset? CheckedAt, int Deployments, int Drifted, ListedPlace Place);
