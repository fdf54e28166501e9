namespace SkillMeat.Upstream;

/// <summary>The progress of a round of questions.</summary>
/// <param name="Answered">The number of repositories that have answered, including those that failed.</param>
/// <param name="Asked">The number of repositories that were asked.</param>
/// <remarks>Immutable.</remarks>
public sealed record UpstreamProgress(int Answered, int Asked);
