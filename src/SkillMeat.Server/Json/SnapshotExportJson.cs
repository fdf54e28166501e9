using SkillMeat.Snapshots;

namespace SkillMeat.Server.Json;

/// <summary>An exported snapshot, as <c>skm snapshot export</c> prints it.</summary>
internal sealed record SnapshotExportJson(string Id, string Collection, string Path, long SizeBytes, bool IsListed, string SnapshotId)
{
    public static SnapshotExportJson Of(SnapshotExport export) => new(export.SnapshotId, export.Collection, export.Path, export.SizeBytes, export.IsListed, export.SnapshotId);
}
