namespace SkillMeat.Artifacts;

/// <summary>An artifact that passed <see cref="ArtifactValidator"/>.</summary>
/// <param name="ManifestFile">The name of the file that describes or configures the artifact, as spelled there, or null if its type has no such file.</param>
/// <param name="Description">The description in that file.</param>
/// <param name="Warnings">The missing parts, one sentence each.</param>
internal sealed record ValidArtifact(string? ManifestFile, ArtifactDescription Description, IReadOnlyList<string> Warnings);
