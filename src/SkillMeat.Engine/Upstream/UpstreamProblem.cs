namespace SkillMeat.Upstream;

/// <summary>A failed upstream request that does not concern an artifact of the collection.</summary>
/// <param name="ErrorId">The stable id of the error, one of <see cref="Errors.ErrorIds"/>.</param>
/// <param name="Message">A one-line description.</param>
/// <remarks>Immutable.</remarks>
public sealed record UpstreamProblem(string ErrorId, string Message);
