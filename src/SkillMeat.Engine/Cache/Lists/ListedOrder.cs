namespace SkillMeat.Cache.Lists;

/// <summary>An order of listed artifacts. Those that are equal in it are ordered by name.</summary>
public enum ListedOrder
{
    /// <summary>By name, ignoring case.</summary>
    Name,

    /// <summary>By type.</summary>
    Type,

    /// <summary>By the time of the last update, or else that at which it was added.</summary>
    Date,

    /// <summary>By the state upstream, in the order of <see cref="ListedState"/>.</summary>
    State,

    /// <summary>In the order of <see cref="ListQuery.Ids"/>, which a search found. Without ids, by name.</summary>
    Relevance,
}
