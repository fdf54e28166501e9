namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The marketplaces that an object of the pipeline stands for.</summary>
internal static class MarketplaceTarget
{
    /// <summary>Reads the names of marketplaces from an object of the pipeline: its text, a marketplace, or the marketplace that it names.</summary>
    /// <exception cref="SkillMeat.Errors.SkillMeatException"><see cref="SkillMeat.Errors.ErrorIds.InvalidArgument"/>: the object does not name a marketplace.</exception>
    public static IReadOnlyList<string> Read(PipedObject piped)
    {
        if (piped.Texts.Count > 0) return piped.Texts;
        return (piped["Marketplace"] ?? (piped.IsMarketplace ? piped["Name"] : null)) is { } name ? [name] : throw piped.Unnamed("a marketplace", "Marketplace, and is no marketplace");
    }
}
