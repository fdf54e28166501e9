using SkillMeat.Cache.Lists;
using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>An artifact in a list, with its known state upstream and the number of its copies in projects.</summary>
internal sealed record ArtifactListItemJson(
    string ArtifactId,
    string Name,
    string Type,
    string Collection,
    string? Title,
    string? Description,
    TextValues Tags,
    IReadOnlyList<string> Groups,
    string? Version,
    string Origin,
    string? Upstream,
    string? Ref,
    DateTimeOffset? LastUpdated,
    ListedState State,
    string? UpstreamVersion,
    DateTimeOffset? CheckedAt,
    int Deployments,
    int Drifted)
{
    public static ArtifactListItemJson Of(ListedArtifact one, IReadOnlyList<string> groups) => new(
        one.Artifact.ArtifactId, one.Artifact.Name, one.Artifact.Type, one.Artifact.Collection, one.Artifact.Title, one.Artifact.Description, one.Artifact.Tags, groups,
        one.Artifact.Version ?? one.Artifact.ResolvedVersion, one.Artifact.Origin, one.Artifact.Upstream, one.Artifact.Ref, one.Artifact.LastUpdated ?? one.Artifact.Added, one.State, one.UpstreamVersion, one.CheckedAt,
        one.Deployments, one.Drifted);
}
