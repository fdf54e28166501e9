using SkillMeat.Errors;

namespace SkillMeat.Checks;

/// <summary>Where an artifact is that is no longer at its path.</summary>
/// <param name="Path">The path in the same repository; null when that could not be found out.</param>
/// <param name="Reason">How it was recognized.</param>
/// <param name="Error">Why it could not be found out.</param>
internal sealed record MoveTarget(string? Path, string? Reason, UpstreamException? Error);
