using SkillMeat.Cache.Background.Tasks;
using SkillMeat.Collections;

namespace SkillMeat.Cache.Background;

/// <summary>The kinds of entries that the background refresh keeps fresh.</summary>
internal static class RefreshTasks
{
    /// <summary>Creates the tasks, in the order in which they run.</summary>
    /// <param name="cache">The cache of the home.</param>
    /// <param name="options">The options.</param>
    /// <param name="lifetime">The age at which an entry without a lifetime of its own expires.</param>
    public static IReadOnlyList<IRefreshTask> Of(HomeCache cache, BackgroundRefreshOptions options, TimeSpan lifetime)
    {
        // Each run reads the home anew, so that between runs nothing of it stays in memory.
        CollectionStore Open() => CollectionStore.OpenToRead(cache.Store.Home, cache.Store.Time);
        return
        [
            new CollectionRowsTask(cache.Database, Open),
            new UpstreamCheckTask(cache, Open, options.Upstream, lifetime),
            new MarketplacesTask(cache, Open, options.Upstream),
        ];
    }
}
