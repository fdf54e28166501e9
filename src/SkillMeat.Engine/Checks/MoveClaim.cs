namespace SkillMeat.Checks;

/// <summary>A place that may be the new one of an artifact that is no longer at its path.</summary>
/// <param name="Artifact">The artifact.</param>
/// <param name="Path">The path of the place.</param>
/// <param name="Rank">The quality of the match: 0 for the best.</param>
internal sealed record MoveClaim(AnsweredArtifact Artifact, string Path, int Rank);
