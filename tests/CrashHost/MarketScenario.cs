using SkillMeat.Cache;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Collections;

namespace SkillMeat.Tests.CrashHost;

/// <summary>A process that updates and searches the registered marketplaces of a home for a while.</summary>
internal static class MarketScenario
{
    /// <summary>The number of artifacts of a marketplace, which another process adds or removes one of.</summary>
    public const int Artifacts = 3;

    /// <returns>0, or 1 after a wrong answer or a warning, which was printed.</returns>
    public static async Task<int> RunAsync(string home, TimeSpan time)
    {
        var problems = new List<string>();
        var started = TimeProvider.System.GetTimestamp();
        var rounds = 0;
        for (; problems.Count == 0 && TimeProvider.System.GetElapsedTime(started) < time; rounds++)
        {
            var store = CollectionStore.Open(home);
            using var session = OperationScenario.Connect(store);
            using var cache = HomeCache.Open(store, new HomeCacheOptions { Environment = _ => null, Report = problems.Add });
            var catalog = new MarketplaceCatalog(cache, session);
            foreach (var result in await catalog.UpdateAsync([]).ConfigureAwait(false))
            {
                if (result.Status is not (MarketplaceStatus.Updated or MarketplaceStatus.Unchanged)) problems.Add($"{result.Name}: {result.Status} {result.Reason}");
            }

            var found = await catalog.SearchAsync(new MarketplaceSearch { BaseFolder = home }).ConfigureAwait(false);
            if (found.Count is not (Artifacts or Artifacts + 1)) problems.Add($"{found.Count} artifacts: {string.Join(' ', found.Select(one => one.Name))}");
            if (found.Select(one => one.Name).Distinct().Count() != found.Count) problems.Add($"an artifact is there twice: {string.Join(' ', found.Select(one => one.Name))}");
        }

        foreach (var problem in problems) Console.WriteLine($"problem: {problem}");
        Console.WriteLine(rounds);
        return problems.Count == 0 ? 0 : 1;
    }
}
