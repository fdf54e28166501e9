namespace SkillMeat.Server.Json;

/// <summary>The service and its home.</summary>
internal sealed record InfoJson(string Version, string Home, int ProcessId, string? ActiveCollection, bool Page, DateTimeOffset StartedAt, bool HasGithubToken);
