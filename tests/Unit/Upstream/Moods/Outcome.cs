namespace SkillMeat.Tests.Upstream.Moods;

/// <summary>The result of an operation for one artifact.</summary>
internal sealed record Outcome(string Name, string Status, string? ErrorId, string? Reason);
