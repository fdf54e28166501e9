using SkillMeat.Collections;

namespace SkillMeat.Checks;

/// <summary>An artifact in a repository that may be the new place of a moved one.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Path">Its path.</param>
/// <param name="ManifestPath">The file that describes it.</param>
internal sealed record MoveCandidate(ArtifactType Type, string Path, string ManifestPath);
