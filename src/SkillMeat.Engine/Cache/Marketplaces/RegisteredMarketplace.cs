namespace SkillMeat.Cache.Marketplaces;

/// <summary>A marketplace that the home knows.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">The kind of its source.</param>
/// <param name="Source">The address of the repository or file, or the full path of the folder or file.</param>
/// <param name="Path">The folder in the repository; empty for its root.</param>
/// <param name="Ref">The tag, branch or commit, or null for the default branch.</param>
/// <param name="RegisteredAt">The time of its registration, or null if it cannot be read.</param>
internal sealed record RegisteredMarketplace(string Name, MarketplaceKind Kind, string Source, string Path, string? Ref, DateTimeOffset? RegisteredAt)
{
    /// <summary>The place, as one text. What was fetched from another one does not belong to this marketplace.</summary>
    public string Place => string.Join('\n', Kind.ToString(), Source, Path, Ref ?? "");
}
