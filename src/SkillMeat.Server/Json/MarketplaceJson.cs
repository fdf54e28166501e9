using SkillMeat.Cache.Marketplaces;
using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>A marketplace, as <c>skm marketplace list</c> prints it.</summary>
internal sealed record MarketplaceJson(
    string Name, string Source, MarketplaceKind Kind, int? Plugins, int? Artifacts, DateTimeOffset? UpdatedAt, bool IsStale, string? Problem, string? Description, string? Version, string? UpstreamSha, TextValues PluginProblems)
{
    public static MarketplaceJson Of(Marketplace one) =>
        new(one.Name, one.Source, one.Kind, one.Plugins, one.Artifacts, one.UpdatedAt, one.IsStale, one.Problem, one.Description, one.Version, one.UpstreamSha, one.PluginProblems);
}
