namespace SkillMeat.Tests.Upstream.Moods;

/// <summary>What an operation said of one artifact.</summary>
internal sealed record Outcome(string Name, string Status, string? ErrorId, string? Reason);
