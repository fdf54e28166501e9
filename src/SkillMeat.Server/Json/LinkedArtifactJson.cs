using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>A link to another artifact, as part of an artifact.</summary>
internal sealed record LinkedArtifactJson(string? ArtifactId, string? Name, string? Type, string? SourceName, string? LinkType, DateTimeOffset? CreatedAt, KeyValues OtherValues)
{
    public static LinkedArtifactJson Of(LinkedArtifact link) =>
        new(link.ArtifactId, link.Name, link.Type, link.SourceName, link.LinkType, link.CreatedAt, link.OtherValues);
}
