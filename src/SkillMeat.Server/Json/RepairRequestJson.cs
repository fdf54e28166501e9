using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The options of a repair, as <c>skm repair</c> has them.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RepairRequestJson(bool? DryRun = null);
