using SkillMeat.Cache.Database;

namespace SkillMeat.Cache.Background;

/// <summary>The file of the cache cannot be used, so there is no place for what a refresh finds.</summary>
internal sealed class CacheUnusableException(CacheTrouble trouble) : Exception($"The cache {CacheTroubles.Describe(trouble)}.")
{
    public CacheTrouble Trouble { get; } = trouble;

    /// <summary>Does work in the file of a cache.</summary>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <exception cref="CacheUnusableException">The file cannot be used.</exception>
    public static T Guard<T>(CacheDatabase database, Func<CacheConnection, T> work, CancellationToken cancellationToken) =>
        database.TryRun(work, out var result, out var trouble, cancellationToken) ? result : throw new CacheUnusableException(trouble);
}
