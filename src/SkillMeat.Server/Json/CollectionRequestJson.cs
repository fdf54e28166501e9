using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>A collection to create.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CollectionRequestJson(string? Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description = null);
