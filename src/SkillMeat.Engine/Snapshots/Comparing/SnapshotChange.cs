using SkillMeat.Collections;

namespace SkillMeat.Snapshots.Comparing;

/// <summary>An artifact that differs between two states of a collection.</summary>
/// <param name="ArtifactId">The artifact, as <c>type:name</c>.</param>
/// <param name="Change">The change.</param>
/// <param name="ChangedFiles">The paths of the files that differ, in the artifact; empty if only its entries in manifest or lock file differ, or if a state has no files.</param>
/// <remarks>Immutable.</remarks>
public sealed record SnapshotChange(string ArtifactId, SnapshotChangeKind Change, TextValues ChangedFiles);
