using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The artifacts and fields of a refresh. Without artifacts, all are meant.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RefreshRequestJson(IReadOnlyList<string>? Artifacts, IReadOnlyList<string>? Fields);
