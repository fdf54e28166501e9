namespace SkillMeat.Objects.Scanning;

/// <summary>A folder as it was stored.</summary>
/// <param name="Scan">What was found.</param>
/// <param name="AddedBytes">How much was not stored before, in bytes on disk.</param>
internal sealed record StoredFolder(TreeScan Scan, long AddedBytes);
