namespace SkillMeat.Upstream;

/// <summary>How far a round of questions has come.</summary>
/// <param name="Answered">How many repositories have answered, if only with an error.</param>
/// <param name="Asked">How many are asked.</param>
/// <remarks>Immutable.</remarks>
public sealed record UpstreamProgress(int Answered, int Asked);
