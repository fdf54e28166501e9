using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>Artifacts to add, or to look at before.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AddRequestJson(IReadOnlyList<string>? Specs, bool? All = null, string? Type = null, string? Name = null, bool? KeepGoing = null, bool? Preview = null, string? Group = null);
