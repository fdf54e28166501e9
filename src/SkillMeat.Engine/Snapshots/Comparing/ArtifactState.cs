using SkillMeat.Collections;

namespace SkillMeat.Snapshots.Comparing;

/// <summary>A state of an artifact, in the oldest of the snapshots that have it.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Version">The version that the manifest named then, or null.</param>
/// <param name="ChangedFiles">The paths of the files that differ from the state before, in the artifact; all files of the first state.</param>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactState(SnapshotInfo Snapshot, string? Version, TextValues ChangedFiles);
