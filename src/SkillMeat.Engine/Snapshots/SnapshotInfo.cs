using SkillMeat.Collections;

namespace SkillMeat.Snapshots;

/// <summary>A snapshot in a list.</summary>
/// <param name="Id">Its id: the UTC time it was made, as <c>yyyyMMdd-HHmmss-ffffff</c>.</param>
/// <param name="Kind">Why it was made: <c>manual</c>, or <c>pre-update</c>, <c>pre-remove</c>, <c>pre-restore</c>, <c>pre-repair</c>, <c>pre-refresh</c>, <c>pre-rollback</c>; <c>automatic</c> for one that the original made on its own.</param>
/// <param name="Collection">The name of the collection's folder.</param>
/// <param name="CreatedAt">When it was made, in UTC.</param>
/// <param name="Message">What was about to happen.</param>
/// <param name="ArtifactCount">How many artifacts the manifest listed.</param>
/// <param name="SizeBytes">What it added to the disk, in bytes: its file, and the contents that were not stored before. Before an update little is added, because planning the update stored the contents.</param>
/// <param name="Problem">Why it can't be read, with its file; null when it can. Kind and message are empty then, and the count is 0.</param>
/// <remarks>Immutable.</remarks>
public sealed record SnapshotInfo(
    string Id,
    string Kind,
    string Collection,
    DateTimeOffset CreatedAt,
    string Message,
    int ArtifactCount,
    long SizeBytes,
    string? Problem = null)
{
    /// <summary>How long the files are together that a restore puts back, in bytes; null if that was not recorded, as for snapshots of manifest and lock file and for tarballs.</summary>
    public long? ContentBytes { get; init; }

    /// <summary>What the snapshot could not take in, such as pipes and devices; told when it is made.</summary>
    public TextValues Warnings { get; init; } = [];

    internal static SnapshotInfo Damaged(string id, string collection, long size, string problem) => new(id, "", collection, SnapshotId.TimeOf(id), "", 0, size, problem);
}
