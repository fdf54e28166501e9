namespace SkillMeat.Cache.Marketplaces;

/// <summary>The row of a marketplace without its artifacts.</summary>
/// <param name="Id">The id of its row.</param>
/// <param name="Name">The name.</param>
/// <param name="Place">The place that it was fetched from.</param>
/// <param name="Fetched">The time at which it was fetched last, or null for never.</param>
/// <param name="Failed">The last time that fetching failed since, or null.</param>
/// <param name="Problem">The reason, or null.</param>
/// <param name="Description">The description, or null.</param>
/// <param name="Version">The version, or null.</param>
/// <param name="Commit">The commit; empty for none.</param>
/// <param name="ETag">The entity tag, or null.</param>
/// <param name="Plugins">The number of plugins.</param>
/// <param name="Artifacts">The number of artifacts.</param>
/// <param name="Problems">The plugins that cannot be listed.</param>
/// <remarks>Immutable.</remarks>
internal sealed record MarketplaceHead(
    long Id, string Name, string Place, DateTimeOffset? Fetched, DateTimeOffset? Failed, string? Problem, string? Description, string? Version, string Commit, string? ETag, int Plugins, int Artifacts, IReadOnlyList<string> Problems);
