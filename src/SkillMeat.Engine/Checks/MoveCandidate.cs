using SkillMeat.Collections;

namespace SkillMeat.Checks;

/// <summary>An artifact somewhere in a repository, to which another one may have moved.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Path">Its path.</param>
/// <param name="ManifestPath">The file that describes it.</param>
/// <param name="ManifestId">That file's blob id.</param>
internal sealed record MoveCandidate(ArtifactType Type, string Path, string ManifestPath, string ManifestId);
