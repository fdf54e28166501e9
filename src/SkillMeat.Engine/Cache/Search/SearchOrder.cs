namespace SkillMeat.Cache.Search;

/// <summary>The orders in which found artifacts are returned.</summary>
public enum SearchOrder
{
    /// <summary>The best first, by the words that were found and the places where they were found. Without words, by name.</summary>
    Relevance,

    /// <summary>By name, ignoring case.</summary>
    Name,

    /// <summary>The last updated or added first.</summary>
    Date,
}
