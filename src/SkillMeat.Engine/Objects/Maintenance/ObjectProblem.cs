namespace SkillMeat.Objects.Maintenance;

/// <summary>A problem found by a verification.</summary>
/// <param name="Path">The name of the root and the path in it, or the full path of a damaged pack.</param>
/// <param name="ErrorId">The error id, one of <see cref="Errors.ErrorIds"/>.</param>
/// <param name="Message">The problem, in one line that names the pack.</param>
internal sealed record ObjectProblem(string Path, string ErrorId, string Message);
