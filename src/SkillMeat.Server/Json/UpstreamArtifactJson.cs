using SkillMeat.Browsing;

namespace SkillMeat.Server.Json;

/// <summary>An artifact in a repository or folder, as <c>skm browse</c> prints it.</summary>
internal sealed record UpstreamArtifactJson(string ArtifactId, string Type, string Name, string? Description, string Path, UpstreamArtifactState State, string? UpstreamSha, string Spec)
{
    public static UpstreamArtifactJson Of(UpstreamArtifact one) => new(one.ArtifactId, one.Type, one.Name, one.Description, one.Path, one.State, one.UpstreamSha, one.Spec);
}
