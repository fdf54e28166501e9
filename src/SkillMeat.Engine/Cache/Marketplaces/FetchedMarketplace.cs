using SkillMeat.Upstream;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>The list of a marketplace, as it was fetched.</summary>
/// <param name="Place">The place, as <see cref="RegisteredMarketplace.Place"/> names it.</param>
/// <param name="Fetched">The time.</param>
/// <param name="Plugins">The plugins, in the order of the file.</param>
/// <remarks>Immutable.</remarks>
internal sealed record FetchedMarketplace(string Place, DateTimeOffset Fetched, IReadOnlyList<FetchedPlugin> Plugins)
{
    /// <summary>The reading of the source that was found, for a repository that was listed.</summary>
    public SourceSpec? Found { get; init; }

    /// <summary>The name that the marketplace gives itself, or that of the repository or folder. Only known of one that was just fetched.</summary>
    public string Name { get; init; } = "";

    /// <summary>The description, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The version, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The commit; empty for one that is in no repository.</summary>
    public string Commit { get; init; } = "";

    /// <summary>The entity tag of the file at an address, or null.</summary>
    public string? ETag { get; init; }

    /// <summary>The text of the file, or null if there is none.</summary>
    public string? File { get; init; }

    /// <summary>The number of plugins in the file.</summary>
    public int PluginCount => Plugins.Count(plugin => plugin.Name is not null);

    /// <summary>The number of artifacts.</summary>
    public int ArtifactCount => Plugins.Sum(plugin => plugin.Artifacts.Count(one => one.Type is not null));

    /// <summary>The plugins that cannot be listed, with the reasons.</summary>
    public IReadOnlyList<string> Problems => [.. Plugins.Select(plugin => plugin.Told).OfType<string>()];

    /// <summary>Whether two lists differ in more than their times.</summary>
    public bool DiffersFrom(FetchedMarketplace other) =>
        Place != other.Place || File != other.File || !Plugins.Select(Describe).SequenceEqual(other.Plugins.Select(Describe));

    private static string Describe(FetchedPlugin plugin) => string.Join(
        '\n', plugin.Artifacts.Select(one => string.Join('\t', one.Type, one.Name, one.Version, one.Description, one.Repository, one.Path, one.Ref, one.ObjectId)).Prepend($"{plugin.Key}\t{plugin.Problem}"));
}
