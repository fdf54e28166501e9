using SkillMeat.Collections;
using SkillMeat.Snapshots.Comparing;

namespace SkillMeat.Server.Json;

/// <summary>A state of an artifact in the past, in the oldest snapshot that has it.</summary>
internal sealed record ArtifactVersionJson(string SnapshotId, string Kind, DateTimeOffset CreatedAt, string Message, string? Version, TextValues ChangedFiles)
{
    public static ArtifactVersionJson Of(ArtifactState one) => new(one.Snapshot.SnapshotId, one.Snapshot.Kind, one.Snapshot.CreatedAt, one.Snapshot.Message, one.Version, one.ChangedFiles);
}
