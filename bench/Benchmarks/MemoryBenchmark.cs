using SkillMeat.Bench.Data;
using SkillMeat.Bench.Processes;
using SkillMeat.Bench.Results;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>The peak memory of the whole process for a check of 5,000 artifacts, and for a refresh that changes each of them.</summary>
internal sealed class MemoryBenchmark : IBenchmark
{
    private const int Artifacts = 5000;
    private const string What = "5,000 checked, token, peak memory";
    private const string Refreshed = "5,000 refreshed, all change, token, peak memory";
    private const string RefreshedWithoutToken = "5,000 refreshed, all change, no token, peak memory";

    public string Name => "memory";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var data = await context.Workspace.DataAsync(Artifacts, cancellationToken);
        var server = await context.Workspace.ServerAsync(Artifacts, delayMilliseconds: 0, cancellationToken);
        var home = data.MakeHome(context.Workspace.NewHomePath(), server.Url);
        var skm = new ProgramRunner(context.Programs.Skm, server.Environment(withToken: true));

        await RunAsync(watch: false);
        var times = new List<double>();
        var peaks = new List<double>();
        for (var i = 0; i < context.Runs; i++)
        {
            times.Add((await RunAsync(watch: false)).Elapsed.TotalMilliseconds);
            if (ProgramRunner.CanWatch && (await RunAsync(watch: true)).PeakBytes is { } peak)
            {
                peaks.Add(peak / 1e6);
            }
        }

        return
        [
            Peak(What, peaks),
            Measure.Milliseconds("5,000 checked, token, no delay, whole process", times),
            Peak(Refreshed, await RefreshAsync(withToken: true)),
            Peak(RefreshedWithoutToken, await RefreshAsync(withToken: false)),
        ];

        async Task<List<double>> RefreshAsync(bool withToken)
        {
            var refreshing = new ProgramRunner(context.Programs.Skm, server.Environment(withToken));
            var found = new List<double>();
            for (var i = 0; ProgramRunner.CanWatch && i < context.Runs; i++)
            {
                var outdated = data.MakeOutdatedHome(context.Workspace.NewHomePath(), server.Url);
                var outcome = await refreshing.RunAsync(["collection", "refresh", "--format", "json", "--home", outdated], cancellationToken, watch: true);
                CheckAnswers.VerifyRefreshed(outcome, Artifacts);
                if (outcome.PeakBytes is { } peak) found.Add(peak / 1e6);
                Directory.Delete(outdated, recursive: true);
            }

            return found;
        }

        async Task<ProcessOutcome> RunAsync(bool watch)
        {
            var outcome = await skm.RunAsync(["collection", "refresh", "--check-only", "--format", "json", "--home", home], cancellationToken, watch);
            CheckAnswers.Verify(outcome, Artifacts, data.Changed);
            return outcome;
        }
    }

    private static Measure Peak(string name, List<double> peaks) => peaks.Count > 0
        ? new Measure(name, "MB", new Samples(peaks)) { AtMost = 100, Note = "VmHWM, 1 MB = 1,000,000 bytes" }
        : Measure.Skipped(name, "only Linux tells the peak of a running process");
}
