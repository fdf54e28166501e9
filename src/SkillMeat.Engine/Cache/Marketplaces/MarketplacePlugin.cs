using SkillMeat.Browsing;
using SkillMeat.Upstream;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>A plugin as a marketplace describes it.</summary>
/// <param name="Name">The name, made visible if it is not valid.</param>
/// <remarks>Immutable.</remarks>
internal sealed record MarketplacePlugin(string Name)
{
    /// <summary>The version, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The description, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The category, or null.</summary>
    public string? Category { get; init; }

    /// <summary>The tags and keywords.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The folder in that of the marketplace, with <c>/</c>; null if it is elsewhere.</summary>
    public string? Folder { get; init; }

    /// <summary>The repository, the path in it and the ref or commit, if it is elsewhere.</summary>
    public SourceSpec? Source { get; init; }

    /// <summary>The paths of artifacts that the marketplace names, from the folder of the plugin.</summary>
    public IReadOnlyList<NamedPath> Named { get; init; } = [];

    /// <summary>Whether the plugin has nothing but what the marketplace names.</summary>
    public bool HasOnlyNamed { get; init; }

    /// <summary>The reason that it cannot be listed, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>The place elsewhere, as one text; empty for a folder of the marketplace.</summary>
    public string Key => Source is { } source ? string.Join('\n', source.Repository.Address, source.Path, source.Version ?? "") : "";

    /// <summary>Whether the place elsewhere always has the same content.</summary>
    public bool IsPinned => Source is { } source && RefSpec.Parse(source.Version).IsFullCommit;
}
