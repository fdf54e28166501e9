using SkillMeat.Objects.Scanning;

namespace SkillMeat.Snapshots;

/// <summary>A snapshot that was taken, and what the scan for it found.</summary>
internal sealed record TakenSnapshot(TreeSnapshot Snapshot, TreeScan Scan);
