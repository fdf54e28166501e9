namespace SkillMeat.Collections;

/// <summary>A setting of a home that has a default.</summary>
public enum HomeSetting
{
    /// <summary>The strategy of updates for local edits.</summary>
    UpdateStrategy,

    /// <summary>The number of automatic snapshots to keep for each collection.</summary>
    KeepAutomaticSnapshots,

    /// <summary>The number of hours after which the list of a marketplace is fetched again.</summary>
    MarketplaceHours,
}
