namespace SkillMeat.Cache.Database;

/// <summary>A file that the user named as the cache is something else, or the cache of another home.</summary>
internal sealed class ForeignCacheException : Exception
{
    public ForeignCacheException()
        : base("the file is not a cache of this home")
    {
    }
}
