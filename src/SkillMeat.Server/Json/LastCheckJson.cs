namespace SkillMeat.Server.Json;

/// <summary>The last update check of a collection.</summary>
/// <param name="CheckedAt">The newest time at which one of its artifacts was checked; null if none ever was.</param>
internal sealed record LastCheckJson(DateTimeOffset? CheckedAt);
