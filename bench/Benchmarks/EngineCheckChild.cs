using System.Diagnostics;
using System.Globalization;
using SkillMeat.Collections;
using SkillMeat.Refresh;
using SkillMeat.Upstream;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>This program started anew by <see cref="EngineCheckBenchmark"/>: only a new process has a first call.</summary>
internal static class EngineCheckChild
{
    public const string Verb = "engine-check-child";
    private const int Calls = 6;

    /// <summary>Prints the numbers of artifacts and updates, then the milliseconds of each call.</summary>
    public static async Task<int> RunAsync(string home, CancellationToken cancellationToken)
    {
        var store = CollectionStore.Open(home);
        using var session = UpstreamSession.Create(store, new UpstreamSessionOptions());
        var refresher = new CollectionRefresher(store, session);
        var times = new List<double>();
        var said = "";
        for (var i = 0; i < Calls; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var result = await refresher.CheckAsync(new RefreshRequest(), cancellationToken: cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            said = $"{result.Checks.Count} {result.Checks.Count(c => c.UpdateAvailable)}";
        }

        await Console.Out.WriteLineAsync(said);
        foreach (var time in times)
        {
            await Console.Out.WriteLineAsync(time.ToString("0.000", CultureInfo.InvariantCulture));
        }

        return 0;
    }
}
