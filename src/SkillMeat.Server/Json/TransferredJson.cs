using SkillMeat.Collections;
using SkillMeat.Organizing;

namespace SkillMeat.Server.Json;

/// <summary>An artifact that was moved or copied, as <c>skm move</c> and <c>skm copy</c> print it.</summary>
internal sealed record TransferredJson(
    string ArtifactId,
    string Name,
    string Type,
    string Collection,
    string Source,
    string SourceName,
    string Path,
    bool IsMoved,
    int Deployments,
    string? SnapshotId,
    string? SourceSnapshotId,
    TextValues Warnings,
    bool DryRun)
{
    public static TransferredJson Of(TransferredArtifact one) => new(
        one.ArtifactId, one.Name, one.Type, one.Collection, one.Source, one.SourceName, one.Path, one.IsMoved, one.Deployments, one.SnapshotId, one.SourceSnapshotId, one.Warnings, one.DryRun);
}
