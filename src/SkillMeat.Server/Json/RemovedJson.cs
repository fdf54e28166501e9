using SkillMeat.Removals;

namespace SkillMeat.Server.Json;

/// <summary>An artifact that was removed, as <c>skm remove</c> prints it.</summary>
internal sealed record RemovedJson(string ArtifactId, string Collection, string Path, bool FilesKept, string? SnapshotId, bool DryRun)
{
    public static RemovedJson Of(RemovedArtifact one) => new(one.ArtifactId, one.Collection, one.Path, one.FilesKept, one.SnapshotId, one.DryRun);
}
