using SkillMeat.Cache.Search;

namespace SkillMeat.Server.Json;

/// <summary>A page of found artifacts, as <c>skm search</c> prints it.</summary>
internal sealed record SearchJson(int Total, SearchMatch Match, IEnumerable<FoundArtifactJson> Items)
{
    public static SearchJson Of(ArtifactSearchResult found) => new(found.Total, found.Match, found.Items.Select(FoundArtifactJson.Of));
}
