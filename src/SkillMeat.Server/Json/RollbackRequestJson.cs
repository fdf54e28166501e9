using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The refresh to take back: by default the last one.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RollbackRequestJson(string? SnapshotId = null, bool? DryRun = null);
