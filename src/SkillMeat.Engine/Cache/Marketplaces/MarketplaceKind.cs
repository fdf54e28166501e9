namespace SkillMeat.Cache.Marketplaces;

/// <summary>The kinds of places that a marketplace can be at. In JSON: <c>repository folder file address</c>.</summary>
public enum MarketplaceKind
{
    /// <summary>A repository on GitHub or another git host, or a folder in one.</summary>
    Repository,

    /// <summary>A folder on this machine.</summary>
    Folder,

    /// <summary>A file <c>marketplace.json</c> on this machine.</summary>
    File,

    /// <summary>A file <c>marketplace.json</c> at an address on the web.</summary>
    Address,
}
