using SkillMeat.Collections;
using SkillMeat.Snapshots;

namespace SkillMeat.Server.Json;

/// <summary>The outcome of a restore, as <c>skm snapshot restore</c> and <c>skm collection rollback</c> print it.</summary>
internal sealed record RestoreJson(
    string Collection,
    string SnapshotId,
    string? SafetySnapshotId,
    int ArtifactCount,
    bool Verified,
    TextValues Warnings,
    TextValues ChangedPaths,
    TextValues ChangedArtifacts)
{
    public static RestoreJson Of(RestoreResult result) =>
        new(result.Collection, result.SnapshotId, result.SafetySnapshotId, result.ArtifactCount, Verified: true, result.Warnings, result.ChangedPaths, result.ChangedArtifacts);
}
