using System.Globalization;
using SkillMeat.Bench.Processes;
using SkillMeat.Bench.Results;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>The engine's time for a check of 1,000 artifacts without delay: the first in a process, as skm does it, and later ones, as a service would.</summary>
internal sealed class EngineCheckBenchmark : IBenchmark
{
    private const int Artifacts = 1000;

    public string Name => "engine-check";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var data = await context.Workspace.DataAsync(Artifacts, cancellationToken);
        var server = await context.Workspace.ServerAsync(Artifacts, delayMilliseconds: 0, cancellationToken);
        var home = data.MakeHome(context.Workspace.NewHomePath(), server.Url);
        var child = new ProgramRunner(Environment.ProcessPath!, server.Environment(withToken: true));
        var first = new List<double>();
        var warm = new List<double>();
        for (var i = 0; i <= context.Runs; i++)
        {
            var outcome = await child.RunAsync([EngineCheckChild.Verb, home], cancellationToken);
            if (outcome.ExitCode != 0)
            {
                throw new InvalidOperationException(outcome.Error.Trim());
            }

            var lines = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines[0] != $"{Artifacts} {data.Changed.Count}")
            {
                throw new InvalidOperationException($"A check of {Artifacts} artifacts, {data.Changed.Count} of them changed, said: {lines[0]}");
            }

            if (i > 0)
            {
                var times = lines.Skip(1).Select(l => double.Parse(l, CultureInfo.InvariantCulture)).ToList();
                first.Add(times[0]);
                warm.AddRange(times.Skip(1));
            }
        }

        return
        [
            Measure.Milliseconds("1,000 checked, engine, first in a process", first) with { AtMost = 100, Note = "a process per run" },
            Measure.Milliseconds("1,000 checked, engine, later in it", warm) with { AtMost = 100, Note = "connection open" },
        ];
    }
}
