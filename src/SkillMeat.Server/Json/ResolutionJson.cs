using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The files in conflict as a person resolved them. An update with all of them is finished.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ResolutionJson(IReadOnlyList<ResolvedFileJson>? Files);
