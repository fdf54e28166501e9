namespace SkillMeat.Objects.Scanning;

/// <summary>A stored folder.</summary>
/// <param name="Scan">The scan of the folder.</param>
/// <param name="AddedBytes">The disk space of the newly stored objects, in bytes.</param>
internal sealed record StoredFolder(TreeScan Scan, long AddedBytes);
