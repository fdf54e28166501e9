using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>Artifacts that are removed from a collection, by name or <c>type:name</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RemovalRequestJson(IReadOnlyList<string>? Artifacts, bool? KeepFiles = null, bool? DryRun = null);
