namespace SkillMeat.Server.Json;

/// <summary>A sign of life.</summary>
internal sealed record HealthJson(string Status, string Version);
