using SkillMeat.Bench.Data;
using SkillMeat.Bench.Processes;
using SkillMeat.Bench.Results;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>850 artifacts of 50 repositories, every answer 80 ms late: requests and time of the whole process, native and for the .NET runtime.</summary>
internal sealed class DelayedCheckBenchmark : IBenchmark
{
    private const int Artifacts = 850;
    private const int DelayMilliseconds = 80;

    public string Name => "delayed";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var data = await context.Workspace.DataAsync(Artifacts, cancellationToken);
        var server = await context.Workspace.ServerAsync(Artifacts, DelayMilliseconds, cancellationToken);
        var pinned = data.MakeHome(context.Workspace.NewHomePath(), server.Url);
        var current = data.MakeCurrentHome(context.Workspace.NewHomePath(), server.Url);
        var nothing = new HashSet<string>();

        var (tokenTimes, runtimeTimes, tokenRequests) = await MeasureAsync(withToken: true, pinned, data.Changed);
        var (restingTimes, runtimeRestingTimes, restingRequests) = await MeasureAsync(withToken: false, current, nothing);
        var (movedTimes, _, movedRequests) = await MeasureAsync(withToken: false, pinned, data.Changed);
        return
        [
            Measure.Milliseconds("850 checked, 80 ms, token", tokenTimes) with { AtMost = 300 },
            Measure.Milliseconds("  for the .NET runtime", runtimeTimes),
            Measure.Ratio("  native / runtime", tokenTimes, runtimeTimes),
            new Measure("  requests", "", new Samples(tokenRequests)) { AtMost = 6 },
            Measure.Milliseconds("850 checked, 80 ms, no token, nothing moved", restingTimes) with { AtMost = 900 },
            Measure.Milliseconds("  for the .NET runtime", runtimeRestingTimes),
            Measure.Ratio("  native / runtime", restingTimes, runtimeRestingTimes),
            new Measure("  requests per repository", "", new Samples(restingRequests.Select(n => n / data.RepositoryCount))) { AtMost = 2 },
            Measure.Milliseconds("850 checked, 80 ms, no token, moved", movedTimes) with { Note = $"{data.Changed.Count} artifacts changed" },
            new Measure("  requests per repository", "", new Samples(movedRequests.Select(n => n / data.RepositoryCount))),
        ];

        async Task<(List<double> Times, List<double> RuntimeTimes, List<double> Requests)> MeasureAsync(bool withToken, string home, IReadOnlySet<string> changed)
        {
            var (times, runtimeTimes, requests) = (new List<double>(), new List<double>(), new List<double>());
            for (var i = 0; i <= context.Runs; i++)
            {
                foreach (var (program, measured) in new[] { (context.Programs.RuntimeSkm, runtimeTimes), (context.Programs.Skm, times) })
                {
                    await server.ForgetRequestsAsync(cancellationToken);
                    var outcome = await new ProgramRunner(program, server.Environment(withToken))
                        .RunAsync(["collection", "refresh", "--check-only", "--format", "json", "--home", home], cancellationToken);
                    CheckAnswers.Verify(outcome, Artifacts, changed);
                    if (i > 0) measured.Add(outcome.Elapsed.TotalMilliseconds);
                }

                if (i > 0) requests.Add(await server.CountRequestsAsync(cancellationToken));
            }

            return (times, runtimeTimes, requests);
        }
    }
}
