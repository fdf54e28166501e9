using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The options of an update, as <c>skm update</c> has them.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record UpdateRequestJson(string? Strategy = null, bool? DryRun = null, string? ResolveWith = null, string? Version = null, bool? RemoveDeleted = null, bool? Clean = null);
