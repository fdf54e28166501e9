namespace SkillMeat.Server.Json;

/// <summary>A collection of which only snapshots are left.</summary>
internal sealed record RestorableCollectionJson(string Name, int SnapshotCount, DateTimeOffset LastSnapshotAt);
