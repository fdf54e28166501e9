namespace SkillMeat.Server.Json;

/// <summary>A group, MCP server or tag definition that was removed, with the snapshot of the state before.</summary>
internal sealed record RemovedEntryJson(string Collection, string Name, string? SnapshotId);
