using SkillMeat.Cache.Database;

namespace SkillMeat.Cache.Search;

/// <summary>Knows which artifacts are out of date somewhere.</summary>
internal interface IStaleArtifacts
{
    /// <summary>Returns the ids of the rows of these artifacts.</summary>
    IReadOnlyCollection<long> Find(CacheConnection connection);
}
