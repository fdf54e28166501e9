using SkillMeat.Collections;

namespace SkillMeat.Snapshots;

/// <summary>The outcome of a rollback. The restored files were read back and are what the snapshot holds, byte for byte.</summary>
/// <param name="Collection">The name of the collection's folder.</param>
/// <param name="SnapshotId">The snapshot that was restored.</param>
/// <param name="SafetySnapshotId">The snapshot of what was there before, which undoes the rollback; null when nothing had to change, and when there was no manifest to keep.</param>
/// <param name="ArtifactCount">How many artifacts the manifest lists now.</param>
/// <param name="Warnings">What the rollback could not bring back, because such a snapshot holds the manifest and the lock file only.</param>
/// <remarks>Immutable.</remarks>
public sealed record RollbackResult(string Collection, string SnapshotId, string? SafetySnapshotId, int ArtifactCount, TextValues Warnings)
{
    /// <summary>Whether the collection was as in the snapshot already, so that nothing was written.</summary>
    public bool IsUnchanged { get; init; }
}
