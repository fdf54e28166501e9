using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>Artifacts for a group, as names or <c>type:name</c>. The position, from 0, is for adding them alone.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record GroupMembersJson(IReadOnlyList<string>? Artifacts, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Position = null);
