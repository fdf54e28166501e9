using SkillMeat.Cache.Search;
using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>An artifact that <c>skm search</c> found.</summary>
internal sealed record FoundArtifactJson(string ArtifactId, string Collection, string Name, string Type, string? Description, TextValues Tags, string? Project, double Score, string Snippet)
{
    public static FoundArtifactJson Of(FoundArtifact one) => new(one.ArtifactId, one.Collection, one.Name, one.Type, one.Description, one.Tags, one.Project, one.Score, one.Snippet);
}
