namespace SkillMeat.Collections;

/// <summary>The settings of a home in <c>config.toml</c>. A null stands for the default.</summary>
/// <remarks>Immutable.</remarks>
public sealed record HomeSettings
{
    internal HomeSettings()
    {
    }

    /// <summary>The folder name of the collection that operations use by default.</summary>
    public string ActiveCollection { get; init; } = HomeConfig.DefaultCollectionName;

    /// <summary>The strategy of updates for local edits, as written.</summary>
    public string? UpdateStrategy { get; init; }

    /// <summary>The number of automatic snapshots to keep for each collection.</summary>
    public int? KeepAutomaticSnapshots { get; init; }

    /// <summary>The number of hours after which the list of a marketplace is fetched again.</summary>
    public int? MarketplaceHours { get; init; }

    /// <summary>Whether there is a token for GitHub, which is never shown.</summary>
    public bool HasGitHubToken { get; init; }
}
