namespace SkillMeat.Server.Json;

/// <summary>A value that artifacts have, with the number of those.</summary>
internal sealed record FacetJson(string Value, int Count);
