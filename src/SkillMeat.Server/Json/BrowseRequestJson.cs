using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>A repository or folder whose artifacts are listed.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BrowseRequestJson(string? Source, string? Type = null, string? Collection = null);
