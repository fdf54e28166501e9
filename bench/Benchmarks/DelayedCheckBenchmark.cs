using SkillMeat.Bench.Data;
using SkillMeat.Bench.Processes;
using SkillMeat.Bench.Results;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>850 artifacts of 50 repositories, every answer 80 ms late: requests and time of the whole process.</summary>
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

        var (tokenTimes, tokenRequests) = await MeasureAsync(withToken: true, pinned, data.Changed);
        var (restingTimes, restingRequests) = await MeasureAsync(withToken: false, current, nothing);
        var (movedTimes, movedRequests) = await MeasureAsync(withToken: false, pinned, data.Changed);
        return
        [
            Measure.Milliseconds("850 checked, 80 ms, token", tokenTimes) with { AtMost = 800 },
            new Measure("  requests", "", new Samples(tokenRequests)) { AtMost = 6 },
            Measure.Milliseconds("850 checked, 80 ms, no token, nothing moved", restingTimes) with { AtMost = 1500 },
            new Measure("  requests per repository", "", new Samples(restingRequests.Select(n => n / data.RepositoryCount))) { AtMost = 2 },
            Measure.Milliseconds("850 checked, 80 ms, no token, moved", movedTimes) with { Note = $"{data.Changed.Count} artifacts changed" },
            new Measure("  requests per repository", "", new Samples(movedRequests.Select(n => n / data.RepositoryCount))),
        ];

        async Task<(List<double> Times, List<double> Requests)> MeasureAsync(bool withToken, string home, IReadOnlySet<string> changed)
        {
            var skm = new ProgramRunner(context.Programs.Skm, server.Environment(withToken));
            var times = new List<double>();
            var requests = new List<double>();
            for (var i = 0; i <= context.Runs; i++)
            {
                await server.ForgetRequestsAsync(cancellationToken);
                var outcome = await skm.RunAsync(["collection", "refresh", "--check-only", "--format", "json", "--home", home], cancellationToken);
                CheckAnswers.Verify(outcome, Artifacts, changed);
                if (i > 0)
                {
                    times.Add(outcome.Elapsed.TotalMilliseconds);
                    requests.Add(await server.CountRequestsAsync(cancellationToken));
                }
            }

            return (times, requests);
        }
    }
}
