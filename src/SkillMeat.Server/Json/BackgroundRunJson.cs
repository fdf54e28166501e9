namespace SkillMeat.Server.Json;

/// <summary>The last run of the background refresh.</summary>
internal sealed record BackgroundRunJson(DateTimeOffset Started, bool Succeeded, double? DurationMs);
