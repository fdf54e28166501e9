using SkillMeat.Collections;

namespace SkillMeat.Upstream;

/// <summary>A folder of a repository to search for artifacts of one type.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Type">The type of artifact in the folder, which the folder's name determines.</param>
/// <param name="Follows">The ref to list the folder at.</param>
internal readonly record struct ContainerQuestion(string Path, ArtifactType Type, RefSpec Follows);
