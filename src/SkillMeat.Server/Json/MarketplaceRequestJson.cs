using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>A marketplace to register.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record MarketplaceRequestJson(string? Source, string? Name = null);
