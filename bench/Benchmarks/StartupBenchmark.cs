using SkillMeat.Bench.Processes;
using SkillMeat.Bench.Results;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>The time of a whole process of <c>skm --version</c>: the native program, the one for the .NET runtime, and for comparison a .NET program that does nothing.</summary>
internal sealed class StartupBenchmark : IBenchmark
{
    private const int RunsPerRun = 5;

    public string Name => "startup";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var times = await ProgramTimes.InTurnAsync(
            [(context.Programs.Skm, ["--version"]), (context.Programs.RuntimeSkm, ["--version"]), (context.Programs.EmptyProgram, [])], context.Runs * RunsPerRun, cancellationToken);
        return
        [
            Measure.Milliseconds("skm --version, whole process", times[0]) with { AtMost = 20 },
            Measure.Milliseconds("  for the .NET runtime", times[1]),
            Measure.Ratio("  native / runtime", times[0], times[1]),
            Measure.Milliseconds("empty .NET program, whole process", times[2]),
        ];
    }
}
