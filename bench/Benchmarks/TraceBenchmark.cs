using System.Diagnostics;
using System.Globalization;
using SkillMeat.Bench.Results;
using SkillMeat.Bench.Trace;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>A recorded day of typical use, played with simulated time: the times of its questions, and how often the cache had what they needed.</summary>
internal sealed class TraceBenchmark : IBenchmark
{
    private const double MostMisses = 20;

    private static readonly string[] Questions = ["list", "show", "search", "stale", "deployments"];
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    public string Name => "trace";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var trace = TraceLine.ReadAll(Path.Combine(AppContext.BaseDirectory, "Trace", "day.trace"));
        var times = new Dictionary<string, List<double>>();
        var (misses, refreshes) = (new List<double>(), new List<double>());
        var counts = "";
        for (var run = 0; run < context.Runs; run++)
        {
            // Tomorrow, so that everything that was written today is older than each question.
            var clock = new TraceClock(new DateTimeOffset(DateTime.UtcNow.Date.AddDays(1), TimeSpan.Zero));
            var home = new TraceHome(context.Workspace.NewHomePath(), clock);
            await home.MakeAsync(cancellationToken);
            await PlayAsync(trace, home, clock, times, refreshes, cancellationToken);
            var status = home.ReadStatus();
            misses.Add(100 * (1 - status.HitRate!.Value));
            counts = string.Create(CultureInfo.InvariantCulture, $"{status.Hits} hits, {status.Misses} misses");
        }

        return
        [
            new Measure($"trace: misses in a day of {trace.Count(line => Questions.Contains(line.Operation))} questions", "%", new Samples(misses)) { AtMost = MostMisses, IsRequired = true, Note = counts },
            .. Questions.Select(question => Measure.Milliseconds($"  {question}", times[question])),
            Measure.Milliseconds("  a background refresh", refreshes) with { Note = "every 5 minutes of the day" },
        ];
    }

    private static async Task PlayAsync(
        IReadOnlyList<TraceLine> trace, TraceHome home, TraceClock clock, Dictionary<string, List<double>> times, List<double> refreshes, CancellationToken cancellationToken)
    {
        TimeSpan? next = null;
        foreach (var line in trace)
        {
            for (; next <= line.Time; next += Interval)
            {
                clock.Set(next.Value);
                var started = Stopwatch.GetTimestamp();
                await home.RefreshAsync(cancellationToken);
                refreshes.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            clock.Set(line.Time);
            if (line.Operation == "watch")
            {
                next = line.Argument == "on" ? line.Time : null;
                continue;
            }

            var begun = Stopwatch.GetTimestamp();
            if (await home.DoAsync(line, cancellationToken) is null) continue;
            if (!times.TryGetValue(line.Operation, out var known)) times.Add(line.Operation, known = []);
            known.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
    }
}
