using SkillMeat.Collections;
using SkillMeat.Snapshots;
using SkillMeat.Snapshots.Comparing;

namespace SkillMeat.Server.Json;

/// <summary>A snapshot with its changes since the one before it, which are null if there is none to compare with.</summary>
internal sealed record SnapshotDetailJson(
    string Id,
    string Kind,
    DateTimeOffset CreatedAt,
    string Message,
    int ArtifactCount,
    long SizeBytes,
    long? ContentBytes,
    string Collection,
    string? Problem,
    string SnapshotId,
    string? PreviousId,
    IReadOnlyList<SnapshotChangeJson>? Changes,
    TextValues? ChangedPaths)
{
    public static SnapshotDetailJson Of(SnapshotInfo one, SnapshotDifference? difference) => new(
        one.SnapshotId, one.Kind, one.CreatedAt, one.Message, one.ArtifactCount, one.SizeBytes, one.ContentBytes, one.Collection, one.Problem, one.SnapshotId,
        difference?.From, difference?.Changes.Select(SnapshotChangeJson.Of).ToList(), difference?.ChangedPaths);
}
