using SkillMeat.Objects.Scanning;

namespace SkillMeat.Snapshots;

/// <summary>A new snapshot and the scan of its folder.</summary>
internal sealed record TakenSnapshot(TreeSnapshot Snapshot, TreeScan Scan);
