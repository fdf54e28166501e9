using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>A folder to register as a project.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ProjectRequestJson(string? Path, string? Name = null);
