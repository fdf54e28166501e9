using SkillMeat.Browsing;
using SkillMeat.Collections;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>A search for artifacts in the registered marketplaces.</summary>
/// <remarks>Immutable.</remarks>
public sealed record MarketplaceSearch
{
    /// <summary>The words to find, separated by blanks, in names, descriptions, plugins, tags and categories. All must be there; case does not count. Empty for everything.</summary>
    public string Text { get; init; } = "";

    /// <summary>The types. Empty for all.</summary>
    public IReadOnlyList<ArtifactType> Types { get; init; } = [];

    /// <summary>The names of the marketplaces. Empty for all.</summary>
    public IReadOnlyList<NamePattern> Marketplaces { get; init; } = [];

    /// <summary>The names of the plugins. Empty for all.</summary>
    public IReadOnlyList<NamePattern> Plugins { get; init; } = [];

    /// <summary>The states compared with the collection. Empty for all.</summary>
    public IReadOnlyList<UpstreamArtifactState> States { get; init; } = [];

    /// <summary>The collection to compare with, or null for the active one. A home without that collection has none of the artifacts.</summary>
    public string? Collection { get; init; }

    /// <summary>The full path that relative folders are relative to.</summary>
    public required string BaseFolder { get; init; }

    /// <summary>Whether to list plugins without artifacts as well, with the reason if they cannot be listed.</summary>
    public bool IncludePlugins { get; init; }

    /// <summary>Whether to use what is known, without fetching anything.</summary>
    public bool IsOffline { get; init; }
}
