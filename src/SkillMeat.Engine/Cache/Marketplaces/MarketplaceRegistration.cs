namespace SkillMeat.Cache.Marketplaces;

/// <summary>A request to register a marketplace.</summary>
/// <remarks>Immutable.</remarks>
public sealed record MarketplaceRegistration
{
    /// <summary>A repository, a folder, or a file <c>marketplace.json</c> by its path or address.</summary>
    public required string Source { get; init; }

    /// <summary>The name, or null for the one in its file, or else that of the repository or folder.</summary>
    public string? Name { get; init; }

    /// <summary>The full path that relative folders are relative to.</summary>
    public required string BaseFolder { get; init; }

    /// <summary>The maximum time to wait for other processes.</summary>
    public required TimeSpan LockTimeout { get; init; }
}
