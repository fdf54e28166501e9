namespace SkillMeat.Server.Json;

/// <summary>The file that describes an artifact, as it is, and as HTML that can be shown.</summary>
internal sealed record ArtifactManifestJson(string Path, string Text, string Html, bool Truncated);
