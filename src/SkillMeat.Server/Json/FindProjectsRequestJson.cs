using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The folder in which to look for projects, and the number of levels below it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record FindProjectsRequestJson(string? Folder, int? Depth = null);
