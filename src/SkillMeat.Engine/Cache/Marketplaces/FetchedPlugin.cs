namespace SkillMeat.Cache.Marketplaces;

/// <summary>A plugin of a marketplace, as it was fetched. One without a name stands for everything that is in no plugin.</summary>
/// <param name="Name">The name, or null.</param>
/// <param name="Key">The place, as <see cref="MarketplacePlugin.Key"/> names it.</param>
/// <param name="Commit">The commit at which it was listed, for a plugin elsewhere; empty otherwise.</param>
/// <param name="Problem">The reason that it cannot be listed, or null.</param>
/// <param name="Artifacts">The artifacts, by path.</param>
/// <remarks>Immutable.</remarks>
internal sealed record FetchedPlugin(string? Name, string Key, string Commit, string? Problem, IReadOnlyList<ListedArtifact> Artifacts)
{
    /// <summary>The problem with the name of the plugin.</summary>
    public string? Told => Problem is null ? null : $"{Name}: {Problem}.";
}
