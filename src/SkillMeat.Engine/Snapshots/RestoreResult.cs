using SkillMeat.Collections;

namespace SkillMeat.Snapshots;

/// <summary>The outcome of a restore. What was restored was read back and is what the snapshot holds, byte for byte.</summary>
/// <param name="Collection">The name of the collection's folder.</param>
/// <param name="SnapshotId">The snapshot that was restored.</param>
/// <param name="SafetySnapshotId">The snapshot of what was there before, which undoes the restore; null when nothing had to change, and when there was nothing to keep.</param>
/// <param name="ArtifactCount">How many artifacts the manifest lists now.</param>
/// <param name="Warnings">What a person should know, such as what a snapshot of manifest and lock file alone could not bring back.</param>
/// <remarks>Immutable.</remarks>
public sealed record RestoreResult(string Collection, string SnapshotId, string? SafetySnapshotId, int ArtifactCount, TextValues Warnings)
{
    /// <summary>Whether the collection was as in the snapshot already, so that nothing was written.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>The files and folders that were changed, relative to the collection, with <c>/</c>; <c>.</c> when it was changed as a whole.</summary>
    public TextValues ChangedPaths { get; init; } = [];
}
