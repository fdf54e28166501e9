namespace SkillMeat.Collections;

/// <summary>The part of a manifest that lists one artifact.</summary>
/// <param name="Id">The id of the artifact.</param>
/// <param name="Path">The path of the artifact with <c>/</c> as the separator, or null if it is not valid.</param>
/// <param name="Artifact">The artifact, or null if it was not read.</param>
internal readonly record struct ManifestPart(ArtifactId Id, string? Path, Artifact? Artifact);
