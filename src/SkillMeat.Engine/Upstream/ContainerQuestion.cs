using SkillMeat.Collections;

namespace SkillMeat.Upstream;

/// <summary>A folder of a repository in which artifacts of one type are looked for.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Type">What its entries are, as its name says.</param>
/// <param name="Follows">The ref to look at.</param>
internal readonly record struct ContainerQuestion(string Path, ArtifactType Type, RefSpec Follows);
