namespace SkillMeat.Cache.Search;

/// <summary>How the words of found artifacts fit to the words that were typed.</summary>
public enum SearchMatch
{
    /// <summary>Nothing was found.</summary>
    None,

    /// <summary>They have exactly these words.</summary>
    Exact,

    /// <summary>No artifact has these words, but some have words that begin with them.</summary>
    Prefix,

    /// <summary>No artifact has words that begin with these, but some have words that contain them or differ by a typing error.</summary>
    Similar,
}
