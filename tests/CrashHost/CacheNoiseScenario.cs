using SkillMeat.Cache;
using SkillMeat.Cache.Indexing;
using SkillMeat.Cache.Search;
using SkillMeat.Collections;

namespace SkillMeat.Tests.CrashHost;

/// <summary>A process that reads and writes the cache of a home while another one overwrites it with noise. Warnings are right then; wrong answers and exceptions are not.</summary>
internal static class CacheNoiseScenario
{
    /// <summary>Asks until the time is over, by a cache that stays open and by new ones.</summary>
    /// <returns>0, or 1 after a wrong answer, which was printed.</returns>
    public static int Run(string home, TimeSpan time)
    {
        var store = CollectionStore.Open(home);
        var expected = store.Read().Artifacts.Select(Describe).Order(StringComparer.Ordinal).ToList();
        var started = TimeProvider.System.GetTimestamp();
        using var open = HomeCache.Open(store, new HomeCacheOptions { Environment = _ => null });
        var asked = 0;
        for (; TimeProvider.System.GetElapsedTime(started) < time; asked++)
        {
            using var fresh = HomeCache.Open(store, new HomeCacheOptions { Environment = _ => null });
            foreach (var cache in new[] { open, fresh })
            {
                cache.Entries.Set("noise", $"{asked % 50}", [1, 2, 3], TimeSpan.FromDays(1));
                var found = cache.Database.Run(connection =>
                {
                    new CollectionIndexer(connection, store).Update();
                    return connection.Query($"SELECT {ArtifactRow.Columns}, a.sum, c.name FROM artifact a JOIN collection c ON c.id = a.collection_id", row => ArtifactRow.Read(row, 0, row.GetString(ArtifactRow.Count + 1)));
                });
                if (!found.Select(Describe).Order(StringComparer.Ordinal).SequenceEqual(expected)) return Fail($"{found.Count} artifacts, or others, instead of {expected.Count}");
                if (new ArtifactSearch(cache, _ => null).Search(new ArtifactSearchRequest { Text = "old text" }).Total is var total && total != expected.Count) return Fail($"{total} artifacts found instead of {expected.Count}");
            }
        }

        Console.WriteLine(asked);
        return 0;
    }

    private static string Describe(Artifact artifact) => $"{artifact.ArtifactId} {artifact.Path} {artifact.Description} {artifact.Upstream} {artifact.ContentHash} {artifact.Added:O}";

    private static int Fail(string problem)
    {
        Console.WriteLine($"problem: {problem}");
        return 1;
    }
}
