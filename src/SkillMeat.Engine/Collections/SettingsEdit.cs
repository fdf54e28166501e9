namespace SkillMeat.Collections;

/// <summary>Changes of the settings of a home. A null leaves a setting as it is.</summary>
/// <remarks>Immutable.</remarks>
public sealed record SettingsEdit
{
    /// <summary>The folder name of the collection that operations use by default.</summary>
    public string? ActiveCollection { get; init; }

    /// <summary>The strategy of updates for local edits.</summary>
    public string? UpdateStrategy { get; init; }

    /// <summary>The number of automatic snapshots to keep for each collection.</summary>
    public int? KeepAutomaticSnapshots { get; init; }

    /// <summary>The number of hours after which the list of a marketplace is fetched again; 0 for every time.</summary>
    public int? MarketplaceHours { get; init; }

    /// <summary>The settings to remove from the file, so that their defaults apply. One that also gets a value keeps the value.</summary>
    public IReadOnlyList<HomeSetting> Unset { get; init; } = [];
}
