namespace SkillMeat.Server.Json;

/// <summary>The line that <c>skm serve</c> prints when it answers requests.</summary>
internal sealed record ReadyJson(string Url, string Token, int ProcessId);
