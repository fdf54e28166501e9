using System.Diagnostics;
using SkillMeat.Bench.Results;
using SkillMeat.Collections;
using SkillMeat.Refresh;
using SkillMeat.Snapshots;
using SkillMeat.Upstream;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>A refresh that changes each of 1,000 artifacts, one that changes none, and the rollback to before both; in this process, without delay.</summary>
internal sealed class RefreshBenchmark : IBenchmark
{
    private const int Artifacts = 1000;

    public string Name => "refresh";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var data = await context.Workspace.DataAsync(Artifacts, cancellationToken);
        var server = await context.Workspace.ServerAsync(Artifacts, delayMilliseconds: 0, cancellationToken);
        var environment = server.Environment(withToken: true);
        var home = data.MakeOutdatedHome(context.Workspace.NewHomePath(), server.Url);
        var store = CollectionStore.Open(home);
        var all = new List<double>();
        var none = new List<double>();
        var rollback = new List<double>();
        for (var i = 0; i <= context.Runs; i++)
        {
            // The cache of the last round would save this one reading the texts of the files.
            ForgetCache(home);
            var (allTime, changed) = await RefreshAsync(expectedChanges: Artifacts);
            var (noneTime, _) = await RefreshAsync(expectedChanges: 0);
            var rollbackTime = await RollBackAsync(changed.SnapshotId!);
            if (i > 0)
            {
                all.Add(allTime);
                none.Add(noneTime);
                rollback.Add(rollbackTime);
            }
        }

        return
        [
            Measure.Milliseconds("1,000 refreshed, all change, engine", all) with { Note = "empty cache" },
            Measure.Milliseconds("1,000 refreshed, none changes, engine", none) with { Note = "texts cached" },
            Measure.Milliseconds("rollback of 1,000, engine", rollback),
        ];

        async Task<(double Milliseconds, RefreshResult Result)> RefreshAsync(int expectedChanges)
        {
            using var session = UpstreamSession.Create(store, new UpstreamSessionOptions { Environment = name => environment.GetValueOrDefault(name) });
            var started = Stopwatch.GetTimestamp();
            var result = await new CollectionRefresher(store, session).RefreshAsync(new RefreshRequest(), cancellationToken);
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            return result.Summary.RefreshedCount == expectedChanges && result.Summary.ErrorCount == 0
                ? (elapsed, result)
                : throw new InvalidOperationException($"A refresh that changes {expectedChanges} of {Artifacts} changed {result.Summary.RefreshedCount}, with {result.Summary.ErrorCount} errors.");
        }

        async Task<double> RollBackAsync(string snapshotId)
        {
            var started = Stopwatch.GetTimestamp();
            await new CollectionSnapshots(store).RestoreAsync(null, snapshotId, [], TimeSpan.FromSeconds(30), cancellationToken);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
    }

    private static void ForgetCache(string home)
    {
        var cache = Path.Combine(home, "cache");
        if (Directory.Exists(cache))
        {
            Directory.Delete(cache, recursive: true);
        }
    }
}
