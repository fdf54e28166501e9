using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>A snapshot to take.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SnapshotRequestJson(string? Message = null);
