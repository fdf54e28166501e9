namespace SkillMeat.Cache.Marketplaces;

/// <summary>The outcomes of an operation on a marketplace. In JSON: <c>registered updated unchanged removed error</c>.</summary>
public enum MarketplaceStatus
{
    /// <summary>It was registered.</summary>
    Registered,

    /// <summary>It was fetched, and differs from before.</summary>
    Updated,

    /// <summary>Nothing has changed.</summary>
    Unchanged,

    /// <summary>It is no longer registered.</summary>
    Removed,

    /// <summary>It could not be fetched. What is known of it stays.</summary>
    Error,
}
