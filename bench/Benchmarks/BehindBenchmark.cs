using System.Diagnostics;
using SkillMeat.Bench.Processes;
using SkillMeat.Bench.Results;
using SkillMeat.Cache;
using SkillMeat.Cache.Updates;
using SkillMeat.Collections;
using SkillMeat.Refresh;
using SkillMeat.Upstream;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>A check of 1,000 artifacts whose result is kept: the check alone, with the versions and numbers of commits of what changed, and again when they are known.</summary>
internal sealed class BehindBenchmark : IBenchmark
{
    private const int Artifacts = 1000;
    private const int Outdated = 50;

    public string Name => "behind";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var data = await context.Workspace.DataAsync(Artifacts, cancellationToken);
        var server = await context.Workspace.ServerAsync(Artifacts, delayMilliseconds: 0, cancellationToken);
        var current = data.MakeCurrentHome(context.Workspace.NewHomePath(), server.Url);
        var outdated = data.MakePartlyOutdatedHome(context.Workspace.NewHomePath(), server.Url, Outdated);
        var measures = new List<Measure>();
        foreach (var withToken in new[] { true, false })
        {
            var access = withToken ? "token" : "no token";
            var (alone, kept, known, requests) = await MeasureAsync(context, server, current, withToken, 0, cancellationToken);
            measures.Add(Measure.Milliseconds($"1,000 checked and kept, nothing changed, {access}", known));
            measures.Add(Measure.Ratio("  to the check alone", known, alone) with { AtMost = 1.2 });
            measures.Add(new Measure("  more requests", "", new Samples(requests.Select(one => one.Kept - one.Alone))) { AtMost = 0 });
            (alone, kept, known, requests) = await MeasureAsync(context, server, outdated, withToken, Outdated, cancellationToken);
            measures.Add(Measure.Milliseconds($"1,000 checked and kept, {Outdated} changed, {access}", kept));
            measures.Add(Measure.Ratio("  to the check alone", kept, alone));
            measures.Add(new Measure("  requests of the check alone", "", new Samples(requests.Select(one => one.Alone))));
            measures.Add(new Measure("  more requests", "", new Samples(requests.Select(one => one.Kept - one.Alone))));
            measures.Add(Measure.Ratio("  to the check alone, when known", known, alone) with { AtMost = 1.2 });
            measures.Add(new Measure("  more requests, when known", "", new Samples(requests.Select(one => one.Known - one.Alone))) { AtMost = 0 });
        }

        return measures;
    }

    private static async Task<(List<double> Alone, List<double> Kept, List<double> Known, List<(double Alone, double Kept, double Known)> Requests)> MeasureAsync(
        BenchmarkContext context, GitHubServer server, string home, bool withToken, int changed, CancellationToken cancellationToken)
    {
        var environment = server.Environment(withToken);
        string? Read(string name) => environment.GetValueOrDefault(name);
        using var cache = HomeCache.Open(CollectionStore.Open(home), new HomeCacheOptions { Environment = Read, Report = line => throw new InvalidOperationException(line) });
        cache.Database.Run(_ => true, cancellationToken);
        var (alone, kept, known) = (new List<double>(), new List<double>(), new List<double>());
        var requests = new List<(double Alone, double Kept, double Known)>();
        for (var i = 0; i <= context.Runs; i++)
        {
            var one = await TimeAsync(keepsFacts: false);
            foreach (var kind in new[] { "commit-count", "upstream-version" }) cache.Entries.Invalidate(kind);
            var (first, again) = (await TimeAsync(keepsFacts: true), await TimeAsync(keepsFacts: true));
            if (i == 0) continue;
            alone.Add(one.Time);
            kept.Add(first.Time);
            known.Add(again.Time);
            requests.Add((one.Requests, first.Requests, again.Requests));
        }

        return (alone, kept, known, requests);

        async Task<(double Time, double Requests)> TimeAsync(bool keepsFacts)
        {
            await server.ForgetRequestsAsync(cancellationToken);
            var store = CollectionStore.Open(home);
            using var session = UpstreamSession.Create(store, new UpstreamSessionOptions { Environment = Read });
            var start = Stopwatch.GetTimestamp();
            var result = await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest { FindsNew = false }, cancellationToken: cancellationToken);
            var states = new UpstreamStates(cache);
            if (keepsFacts) await states.RecordCheckAsync(result, session, cancellationToken);
            else states.Record(result, UpstreamFacts.None, keepsInMemory: false, cancellationToken);
            var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (result.Checks.Count(check => check.UpdateAvailable) != changed) throw new InvalidOperationException($"{result.Summary.UpdatedCount} of {changed} artifacts changed.");
            var behind = cache.Database.Run(connection => connection.Number("SELECT count(*) FROM upstream_state WHERE commits_behind > 0"), cancellationToken);
            if (keepsFacts && behind != changed) throw new InvalidOperationException("A number of commits is unknown.");
            return (time, await server.CountRequestsAsync(cancellationToken));
        }
    }
}
