using SkillMeat.Collections;

namespace SkillMeat.Snapshots;

/// <summary>The result of a restore. The restored files were read back, and are equal to the snapshot, byte for byte.</summary>
/// <param name="Collection">The folder name of the collection.</param>
/// <param name="SnapshotId">The id of the restored snapshot.</param>
/// <param name="SafetySnapshotId">The id of the snapshot of the previous state, which undoes the restore, or null if nothing had to change or nothing existed.</param>
/// <param name="ArtifactCount">The number of artifacts in the manifest now.</param>
/// <param name="Warnings">Warnings, such as what a snapshot of manifest and lock file could not restore.</param>
/// <remarks>Immutable.</remarks>
public sealed record RestoreResult(string Collection, string SnapshotId, string? SafetySnapshotId, int ArtifactCount, TextValues Warnings)
{
    /// <summary>Whether the collection was already equal to the snapshot, so that nothing was written.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>The changed files and folders, relative to the collection, with <c>/</c>, or <c>.</c> if it was replaced as a whole.</summary>
    public TextValues ChangedPaths { get; init; } = [];

    /// <summary>The artifacts, as <c>type:name</c>, whose files or entries in manifest or lock file changed, those that came or went among them.</summary>
    public TextValues ChangedArtifacts { get; init; } = [];
}
