using System.Text.Json.Serialization;
using SkillMeat.Collections;
using SkillMeat.Snapshots;

namespace SkillMeat.Cli.Output.Json;

/// <summary>The outcome of a restore, as <c>skm snapshot restore</c> and, without the changed paths, <c>skm collection rollback</c> print it.</summary>
internal sealed record RestoreJson(
    string Collection,
    string SnapshotId,
    string? SafetySnapshotId,
    int ArtifactCount,
    bool Verified,
    TextValues Warnings,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TextValues? ChangedPaths)
{
    public static RestoreJson Of(RestoreResult result, bool hasPaths) =>
        new(result.Collection, result.SnapshotId, result.SafetySnapshotId, result.ArtifactCount, Verified: true, result.Warnings, hasPaths ? result.ChangedPaths : null);
}
