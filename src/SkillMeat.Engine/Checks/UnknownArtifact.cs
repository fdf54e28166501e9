using SkillMeat.Errors;

namespace SkillMeat.Checks;

/// <summary>An artifact that was requested by its full name but is not in the collection.</summary>
/// <param name="Name">The requested name.</param>
/// <param name="Error">The error, which suggests the name that was probably meant.</param>
/// <remarks>Immutable.</remarks>
public sealed record UnknownArtifact(string Name, SkillMeatException Error);
