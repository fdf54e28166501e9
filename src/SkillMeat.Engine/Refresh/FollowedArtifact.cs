using SkillMeat.Collections;

namespace SkillMeat.Refresh;

/// <summary>An artifact and its upstream, without its other fields, which would be kept until the end of a refresh.</summary>
/// <param name="Id">The id.</param>
/// <param name="Collection">The folder name of the collection.</param>
/// <param name="Upstream">The upstream address; null for none.</param>
/// <param name="Ref">The ref to follow.</param>
/// <param name="Origin">The origin.</param>
internal sealed record FollowedArtifact(ArtifactId Id, string Collection, string? Upstream, string? Ref, string Origin)
{
    public static FollowedArtifact Of(Artifact artifact) => new(artifact.Id, artifact.Collection, artifact.Upstream, artifact.Ref, artifact.Origin);

    /// <summary>Whether an artifact still follows the same upstream.</summary>
    public bool IsStill(Artifact current) => current.Upstream == Upstream && current.Ref == Ref && current.Origin == Origin;
}
