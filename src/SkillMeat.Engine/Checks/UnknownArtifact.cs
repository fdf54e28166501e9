using SkillMeat.Errors;

namespace SkillMeat.Checks;

/// <summary>An artifact that was asked for by its full name and that the collection does not have.</summary>
/// <param name="Name">What was asked for.</param>
/// <param name="Error">The error, which names the one that was probably meant.</param>
/// <remarks>Immutable.</remarks>
public sealed record UnknownArtifact(string Name, SkillMeatException Error);
