using SkillMeat.Collections;

namespace SkillMeat.Snapshots;

/// <summary>The data of a snapshot for lists.</summary>
/// <param name="SnapshotId">The id, which is the UTC time as <c>yyyyMMdd-HHmmss-ffffff</c>.</param>
/// <param name="Kind">The kind: <c>manual</c>, <c>pre-update</c>, <c>pre-sync</c>, <c>pre-remove</c>, <c>pre-restore</c>, <c>pre-repair</c>, <c>pre-refresh</c>, <c>pre-edit</c>, <c>pre-rollback</c>,
/// or <c>automatic</c> for automatic ones of Python SkillMeat.</param>
/// <param name="Collection">The folder name of the collection.</param>
/// <param name="CreatedAt">The time, in UTC.</param>
/// <param name="Message">The message, such as the operation that followed.</param>
/// <param name="ArtifactCount">The number of artifacts in the manifest.</param>
/// <param name="SizeBytes">The disk space that it added, in bytes: its file, and the contents that were not stored before. Planning an update already stores contents, so the snapshot before it adds little.</param>
/// <param name="Problem">The reason why it cannot be read, with its file, or null. Kind and message are then empty, and the count is 0.</param>
/// <remarks>Immutable.</remarks>
public sealed record SnapshotInfo(
    string SnapshotId,
    string Kind,
    string Collection,
    DateTimeOffset CreatedAt,
    string Message,
    int ArtifactCount,
    long SizeBytes,
    string? Problem = null)
{
    /// <summary>The total length of the files that a restore brings back, in bytes, or null if it was not recorded, as for manifest snapshots and tarballs.</summary>
    public long? ContentBytes { get; init; }

    /// <summary>The files that could not be stored, such as pipes and devices. Only set when the snapshot is taken.</summary>
    public TextValues Warnings { get; init; } = [];

    /// <summary>Whether single artifacts can be restored from it.</summary>
    /// <returns>False for a snapshot before a refresh, before an edit of groups and the like, or before the undoing of one, which has manifest and lock file only.</returns>
    public bool HasArtifacts() => Kind is not (SnapshotKind.BeforeRefresh or SnapshotKind.BeforeEdit or SnapshotKind.BeforeRollback);

    internal static SnapshotInfo Damaged(string id, string collection, long size, string problem) => new(id, "", collection, Snapshots.SnapshotId.TimeOf(id), "", 0, size, problem);
}
