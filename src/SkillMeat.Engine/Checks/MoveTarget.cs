using SkillMeat.Errors;

namespace SkillMeat.Checks;

/// <summary>The result of the search for an artifact that is no longer at its path.</summary>
/// <param name="Path">The new path in the same repository; null if there is none, or if the search failed.</param>
/// <param name="Reason">The property by which the artifact was recognized, or the reason why a place that matches is not its own.</param>
/// <param name="Error">The reason that the search failed.</param>
internal sealed record MoveTarget(string? Path, string? Reason, UpstreamException? Error);
