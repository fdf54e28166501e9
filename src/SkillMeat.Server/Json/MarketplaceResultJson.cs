using SkillMeat.Cache.Marketplaces;
using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>The outcome for a marketplace, as <c>skm marketplace add|update|remove</c> print it.</summary>
internal sealed record MarketplaceResultJson(string Name, string Source, MarketplaceStatus Status, string? Reason, string? ErrorId, int? Plugins, int? Artifacts, TextValues PluginProblems)
{
    public static MarketplaceResultJson Of(MarketplaceResult one) => new(one.Name, one.Source, one.Status, one.Reason, one.ErrorId, one.Plugins, one.Artifacts, one.PluginProblems);
}
