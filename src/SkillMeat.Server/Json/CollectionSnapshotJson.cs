using SkillMeat.Snapshots;

namespace SkillMeat.Server.Json;

/// <summary>A snapshot with its keys in the order of <c>skm collection snapshots</c>, which scripts may rely on.</summary>
internal sealed record CollectionSnapshotJson(string Id, string Kind, string Collection, DateTimeOffset CreatedAt, string Message, int ArtifactCount, long SizeBytes, long? ContentBytes, string? Problem, string SnapshotId)
{
    public static CollectionSnapshotJson Of(SnapshotInfo snapshot) => new(
        snapshot.SnapshotId, snapshot.Kind, snapshot.Collection, snapshot.CreatedAt, snapshot.Message, snapshot.ArtifactCount, snapshot.SizeBytes, snapshot.ContentBytes, snapshot.Problem, snapshot.SnapshotId);
}
