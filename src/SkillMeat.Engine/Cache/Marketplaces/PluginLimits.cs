namespace SkillMeat.Cache.Marketplaces;

/// <summary>The limits of one update of a marketplace for the repositories of its plugins, all together: its file comes from a stranger, who can name any number of large ones.</summary>
internal sealed record PluginLimits
{
    /// <summary>The number of repositories that are listed.</summary>
    public int Repositories { get; init; } = 250;

    /// <summary>The size of their lists of files, in bytes.</summary>
    public long ListBytes { get; init; } = 256L << 20;

    /// <summary>The number of their artifacts.</summary>
    public int Artifacts { get; init; } = 50_000;

    /// <summary>The time for listing them.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(10);
}
