namespace SkillMeat.Cache.Stale;

/// <summary>An order of stale artifacts.</summary>
public enum StaleOrder
{
    /// <summary>By name.</summary>
    Name,

    /// <summary>By type.</summary>
    Type,

    /// <summary>By project; artifacts that are not deployed come last.</summary>
    Project,

    /// <summary>By the difference of the versions, the greatest first.</summary>
    VersionDifference,
}
