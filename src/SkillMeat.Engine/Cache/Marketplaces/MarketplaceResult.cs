using SkillMeat.Collections;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>The outcome of an operation on a marketplace.</summary>
/// <remarks>Immutable.</remarks>
public sealed record MarketplaceResult
{
    /// <summary>The name of the marketplace.</summary>
    public required string Name { get; init; }

    /// <summary>The repository, address, or full path of the folder or file.</summary>
    public required string Source { get; init; }

    /// <summary>The outcome.</summary>
    public required MarketplaceStatus Status { get; init; }

    /// <summary>The reason for the outcome, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The id of the error, or null.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The number of plugins, or null if it is not known.</summary>
    public int? Plugins { get; init; }

    /// <summary>The number of artifacts, or null if it is not known.</summary>
    public int? Artifacts { get; init; }

    /// <summary>The plugins that cannot be listed, with the reasons.</summary>
    public TextValues PluginProblems { get; init; } = [];
}
