using SkillMeat.Browsing;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>An artifact of a marketplace, as <c>skm marketplace search</c> prints it.</summary>
internal sealed record MarketplaceArtifactJson(
    string Marketplace,
    string? Plugin,
    string? ArtifactId,
    string? Type,
    string Name,
    string? Description,
    string? Version,
    UpstreamArtifactState? State,
    string? Source,
    DateTimeOffset UpdatedAt,
    bool IsStale,
    string? CollectionVersion,
    string? Category,
    TextValues Tags,
    string? UpstreamSha,
    string? Problem)
{
    public static MarketplaceArtifactJson Of(MarketplaceArtifact one) => new(
        one.Marketplace,
        one.Plugin,
        one.ArtifactId,
        one.Type,
        one.Name,
        one.Description,
        one.Version,
        one.State,
        one.Spec,
        one.UpdatedAt,
        one.IsStale,
        one.CollectionVersion,
        one.Category,
        one.Tags,
        one.UpstreamSha,
        one.Problem);
}
