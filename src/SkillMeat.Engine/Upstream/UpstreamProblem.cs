namespace SkillMeat.Upstream;

/// <summary>What upstream could not tell, where that concerns no artifact of the collection.</summary>
/// <param name="ErrorId">The stable id of what went wrong, one of <see cref="Errors.ErrorIds"/>.</param>
/// <param name="Message">One line for a person.</param>
/// <remarks>Immutable.</remarks>
public sealed record UpstreamProblem(string ErrorId, string Message);
