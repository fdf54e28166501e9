using SkillMeat.Collections;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>A registered marketplace, as it was fetched last.</summary>
/// <remarks>Immutable.</remarks>
public sealed record Marketplace
{
    /// <summary>The name under which it is registered.</summary>
    public required string Name { get; init; }

    /// <summary>The repository, address, or full path of the folder or file.</summary>
    public required string Source { get; init; }

    /// <summary>The kind of the source.</summary>
    public required MarketplaceKind Kind { get; init; }

    /// <summary>The description in its file, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The version in its file, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The number of plugins, or null if it was never fetched. 0 for one without a <c>marketplace.json</c>.</summary>
    public int? Plugins { get; init; }

    /// <summary>The number of artifacts, or null if it was never fetched.</summary>
    public int? Artifacts { get; init; }

    /// <summary>The commit at which it was fetched, or null.</summary>
    public string? UpstreamSha { get; init; }

    /// <summary>The time of its registration, or null if it cannot be read.</summary>
    public DateTimeOffset? RegisteredAt { get; init; }

    /// <summary>The time at which it was fetched last, or null for never.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Whether it was fetched longer ago than the configured time, or never.</summary>
    public bool IsStale { get; init; }

    /// <summary>The reason that it could not be fetched the last time, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>The plugins that cannot be listed, with the reasons.</summary>
    public TextValues PluginProblems { get; init; } = [];
}
