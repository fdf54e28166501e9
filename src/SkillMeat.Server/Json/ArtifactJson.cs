using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>An artifact, as <c>skm list</c> and <c>skm show</c> print it.</summary>
internal sealed record ArtifactJson(
    string ArtifactId,
    string Name,
    string Type,
    string Collection,
    string Path,
    string Origin,
    string? OriginSource,
    DateTimeOffset? Added,
    DateTimeOffset? LastUpdated,
    string? Upstream,
    string? VersionSpec,
    string? ResolvedSha,
    string? ResolvedVersion,
    string? ContentHash,
    TextValues Tags,
    DateTimeOffset? TagsImportedAt,
    string? Title,
    string? Description,
    string? Author,
    string? License,
    string? Version,
    string? Category,
    bool? Deprecated,
    string? Ref,
    DateTimeOffset? Fetched,
    DateTimeOffset? DiscoveredAt,
    TextValues Tools,
    TextValues Dependencies,
    TextValues TargetPlatforms,
    string? Uuid,
    string? ImportId,
    IEnumerable<LinkedArtifactJson> LinkedArtifacts,
    TextValues UnlinkedReferences,
    KeyValues Extra,
    KeyValues OtherValues)
{
    public static ArtifactJson Of(Artifact artifact) => new(
        artifact.ArtifactId, artifact.Name, artifact.Type, artifact.Collection, artifact.Path, artifact.Origin, artifact.OriginSource, artifact.Added, artifact.LastUpdated,
        artifact.Upstream, artifact.Ref, artifact.ResolvedSha, artifact.ResolvedVersion, artifact.ContentHash, artifact.Tags, artifact.TagsImportedAt, artifact.Title,
        artifact.Description, artifact.Author, artifact.License, artifact.Version, artifact.Category, artifact.Deprecated, artifact.Ref, artifact.Fetched,
        artifact.DiscoveredAt, artifact.Tools, artifact.Dependencies, artifact.TargetPlatforms, artifact.Uuid, artifact.ImportId,
        artifact.LinkedArtifacts.Select(LinkedArtifactJson.Of), artifact.UnlinkedReferences, artifact.Extra, artifact.OtherValues);
}
