using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>Folders and files to judge, as <c>skm validate</c> takes them.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ValidateRequestJson(IReadOnlyList<string>? Paths);
