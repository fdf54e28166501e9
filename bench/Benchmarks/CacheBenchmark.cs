using System.Diagnostics;
using System.Globalization;
using SkillMeat.Bench.Data;
using SkillMeat.Bench.Results;
using SkillMeat.Cache;
using SkillMeat.Collections;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>The cache of 10,000 artifacts: filled, asked when nothing changed, brought up to date after a change of one artifact, and an entry written and read.</summary>
internal sealed class CacheBenchmark : IBenchmark
{
    private const int Artifacts = 10_000;
    private const double MostMegabytes = 10;

    // File systems store times in steps; what was written in the last step is read again.
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(60);

    public string Name => "cache";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var home = (await context.Workspace.DataAsync(Artifacts, cancellationToken)).MakeHome(context.Workspace.NewHomePath(), DataSet.ServerPlaceholder);
        var manifest = Path.Combine(home, "collections", "default", "collection.toml");
        var (filled, unchanged, changed, written, read, sizes) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        Thread.Sleep(Settled);
        for (var i = 0; i <= context.Runs; i++)
        {
            using var cache = HomeCache.Open(CollectionStore.Open(home), new HomeCacheOptions { Environment = _ => null });
            var maintenance = new CacheMaintenance(cache);
            Verify(Time(i, filled, () => maintenance.Update(rebuild: true)), Artifacts);
            Verify(Time(i, unchanged, () => maintenance.Update(rebuild: false)), Artifacts);
            File.WriteAllText(manifest, Edit(File.ReadAllText(manifest), i));
            Thread.Sleep(Settled);
            Verify(Time(i, changed, () => maintenance.Update(rebuild: false)), Artifacts);
            var value = new byte[1000];
            Time(i, written, () => { cache.Entries.Set("bench", "one", value, TimeSpan.FromMinutes(5)); return true; });
            Time(i, read, () => cache.Entries.Get("bench", "one"));
            if (i > 0) sizes.Add(maintenance.GetStatus(cancellationToken).SizeBytes / 1e6);
        }

        var what = Artifacts.ToString("N0", CultureInfo.InvariantCulture);
        return
        [
            Measure.Milliseconds($"cache: filled with {what} artifacts", filled) with { AtMost = 1000 },
            Measure.Milliseconds("cache: asked when nothing changed", unchanged),
            Measure.Milliseconds("cache: brought up to date after a change of one", changed),
            Measure.Milliseconds("cache: one entry written", written) with { AtMost = 3 },
            Measure.Milliseconds("cache: one entry read", read) with { AtMost = 1 },
            new Measure("cache: size of the file", "MB", new Samples(sizes)) { AtMost = MostMegabytes },
        ];
    }

    private static string Edit(string manifest, int run)
    {
        var place = manifest.IndexOf("description = \"", manifest.Length / 2, StringComparison.Ordinal) + "description = \"".Length;
        return manifest.Insert(place, string.Create(CultureInfo.InvariantCulture, $"{run} "));
    }

    private static T Time<T>(int run, List<double> times, Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = work();
        if (run > 0) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return result;
    }

    private static void Verify(CacheStatus status, int expected)
    {
        if (status.Artifacts != expected) throw new InvalidOperationException($"The cache has {status.Artifacts} of {expected} artifacts.");
    }
}
