namespace SkillMeat.Server.Json;

/// <summary>A service that runs, as a file in the home says.</summary>
internal sealed record RunningServerJson(string Url, int ProcessId, DateTimeOffset StartedAt);
