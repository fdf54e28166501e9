using SkillMeat.Collections;

namespace SkillMeat.Snapshots;

/// <summary>The result of verifying a snapshot. Everything that a restore would need was read, and its checksums compared.</summary>
/// <param name="SnapshotId">The id of the snapshot.</param>
/// <param name="Collection">The folder name of the collection.</param>
/// <param name="ObjectCount">The number of distinct files and folders read.</param>
/// <param name="SizeBytes">The total size of the files in bytes.</param>
/// <param name="Problems">The problems, one line each. Empty if the snapshot can be restored.</param>
/// <remarks>Immutable.</remarks>
public sealed record SnapshotCheck(string SnapshotId, string Collection, int ObjectCount, long SizeBytes, TextValues Problems)
{
    /// <summary>Whether the snapshot can be restored.</summary>
    public bool IsSound => Problems.Count == 0;
}
