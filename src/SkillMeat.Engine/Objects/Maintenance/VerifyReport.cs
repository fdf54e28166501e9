namespace SkillMeat.Objects.Maintenance;

/// <summary>What a verification read and found.</summary>
/// <param name="Objects">How many files and folders were read, each distinct one once.</param>
/// <param name="Bytes">How long the files are together.</param>
/// <param name="Problems">What is missing or damaged; empty when all is well.</param>
internal sealed record VerifyReport(int Objects, long Bytes, IReadOnlyList<ObjectProblem> Problems);
