namespace SkillMeat.Objects.Maintenance;

/// <summary>The result of a verification.</summary>
/// <param name="Objects">The number of distinct files and folders read.</param>
/// <param name="Bytes">The total size of the files in bytes.</param>
/// <param name="Problems">The missing or damaged objects. Empty if everything is sound.</param>
internal sealed record VerifyReport(int Objects, long Bytes, IReadOnlyList<ObjectProblem> Problems);
