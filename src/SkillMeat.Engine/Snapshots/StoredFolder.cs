using SkillMeat.Storage.Objects.Scanning;

namespace SkillMeat.Snapshots;

/// <summary>A collection's folder as it was stored.</summary>
/// <param name="Scan">What was found.</param>
/// <param name="AddedBytes">How much was not stored before, in bytes on disk.</param>
internal sealed record StoredFolder(TreeScan Scan, long AddedBytes);
