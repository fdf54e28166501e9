using System.Globalization;
using SkillMeat.Bench.Data;
using SkillMeat.Bench.Processes;
using SkillMeat.Bench.Results;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>The time of a whole process of <c>skm list</c>, native and for the .NET runtime.</summary>
internal sealed class ListBenchmark : IBenchmark
{
    private const int RunsPerRun = 5;

    public string Name => "list";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken) =>
        [.. await MeasureAsync(context, 20, atMost: 25, cancellationToken), .. await MeasureAsync(context, 1900, atMost: 120, cancellationToken)];

    private static async Task<IReadOnlyList<Measure>> MeasureAsync(BenchmarkContext context, int artifacts, double atMost, CancellationToken cancellationToken)
    {
        var home = (await context.Workspace.DataAsync(artifacts, cancellationToken)).MakeHome(context.Workspace.NewHomePath(), DataSet.ServerPlaceholder);
        string[] arguments = ["list", "--home", home];
        var times = await ProgramTimes.InTurnAsync([(context.Programs.Skm, arguments), (context.Programs.RuntimeSkm, arguments)], context.Runs * RunsPerRun, cancellationToken);
        return
        [
            Measure.Milliseconds($"skm list of {artifacts.ToString("N0", CultureInfo.InvariantCulture)}, whole process", times[0]) with { AtMost = atMost },
            Measure.Milliseconds("  for the .NET runtime", times[1]),
            Measure.Ratio("  native / runtime", times[0], times[1]),
        ];
    }
}
