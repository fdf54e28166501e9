using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The artifacts and fields of a refresh, and the strategy of an update. Without artifacts, all are meant.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RefreshRequestJson(IReadOnlyList<string>? Artifacts, IReadOnlyList<string>? Fields, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Strategy = null);
