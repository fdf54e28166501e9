using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>The changes of a collection. A value that is left out stays as it is.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CollectionEditJson(bool? IsActive);
