namespace SkillMeat.Objects.Maintenance;

/// <summary>Something that a verification found.</summary>
/// <param name="Path">The root's name and the path in it; the full path of a pack whose bytes changed.</param>
/// <param name="ErrorId">One of <see cref="Errors.ErrorIds"/>.</param>
/// <param name="Message">What is wrong, in one line that names the pack.</param>
internal sealed record ObjectProblem(string Path, string ErrorId, string Message);
