using System.Globalization;
using System.Text;
using SkillMeat.Cache;
using SkillMeat.Cache.Background;
using SkillMeat.Cache.Database;
using SkillMeat.Cache.Deployments;
using SkillMeat.Cache.Search;
using SkillMeat.Collections;

namespace SkillMeat.Tests.CrashHost;

/// <summary>A process that reads and writes the cache of a home for a while, and checks each answer.</summary>
internal static class CacheScenario
{
    public const string Kind = "scenario";

    /// <summary>Writes entries until the time is over, and prints the number of the last one after each.</summary>
    /// <returns>0, or 1 after a wrong answer or a warning, which was printed.</returns>
    public static int Run(string home, int process, TimeSpan time)
    {
        var problems = new List<string>();
        var store = CollectionStore.Open(home);
        var artifacts = store.Read().Artifacts.Count;
        var started = TimeProvider.System.GetTimestamp();
        for (var number = 0; problems.Count == 0 && TimeProvider.System.GetElapsedTime(started) < time; number++)
        {
            // A new one each time, as of a process that has just started.
            using var cache = HomeCache.Open(store, new HomeCacheOptions { Environment = _ => null, Report = problems.Add });
            var key = KeyOf(process, number);
            cache.Entries.Set(Kind, key, Encoding.UTF8.GetBytes(key), Timeout.InfiniteTimeSpan);
            if (cache.Entries.Find(Kind, key) is not { } found || Encoding.UTF8.GetString(found.Value) != key) problems.Add($"{key} was written and is not there");
            if (number > 0 && cache.Entries.Find(Kind, KeyOf(process, number - 1)) is null) problems.Add($"the entry before {key} is not there");
            if (new CacheMaintenance(cache).Update(rebuild: false).Artifacts is var counted && counted != artifacts) problems.Add($"{counted} artifacts instead of {artifacts}");
            if (new ArtifactSearch(cache, _ => null).Search(new ArtifactSearchRequest { Text = "old text" }).Total is var total && total != artifacts) problems.Add($"{total} artifacts found instead of {artifacts}");
            if (new DeploymentOverview(cache, _ => null).Find(new DeploymentQuery()).Deployments.Count is var deployed and not 0) problems.Add($"{deployed} deployments instead of none");
            Console.WriteLine(number);
        }

        foreach (var problem in problems) Console.WriteLine($"problem: {problem}");
        return problems.Count == 0 ? 0 : 1;
    }

    /// <summary>Opens a named file, and closes it.</summary>
    public static int Open(string home, string file)
    {
        using var database = new CacheDatabase(CacheLocation.Find(new HomeLayout(home), name => name == CacheLocation.EnvironmentVariable ? file : null), TimeProvider.System, Console.WriteLine);
        return database.TryRun(connection => connection.Number("SELECT count(*) FROM entry"), out var count) ? (int)count : 100;
    }

    /// <summary>Takes the lease, and waits to be killed.</summary>
    public static int Lease(string home)
    {
        using var database = new CacheDatabase(CacheLocation.Find(new HomeLayout(home), _ => null), TimeProvider.System, Console.WriteLine);
        Console.WriteLine(new RefreshLease(database, TimeProvider.System, holder: 77).Take().IsHeld ? "held" : "not held");
        Console.In.ReadLine();
        return 0;
    }

    public static string KeyOf(int process, int number) => string.Create(CultureInfo.InvariantCulture, $"{process}-{number}");
}
