namespace SkillMeat.Server.Json;

/// <summary>An artifact with everything that is known of it.</summary>
internal sealed record ArtifactDetailJson(ArtifactJson Artifact, IReadOnlyList<string> Groups, ArtifactUpdateJson? Update);
