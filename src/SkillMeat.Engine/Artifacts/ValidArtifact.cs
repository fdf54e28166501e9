namespace SkillMeat.Artifacts;

/// <summary>An artifact that passed <see cref="ArtifactValidator"/>.</summary>
/// <param name="ManifestFile">The name of the file that describes or configures it, as it is spelled there; null for a file of a type that describes itself nowhere.</param>
/// <param name="Description">What it says about itself.</param>
/// <param name="Warnings">What should be there and is not, one sentence each.</param>
internal sealed record ValidArtifact(string? ManifestFile, ArtifactDescription Description, IReadOnlyList<string> Warnings);
