using SkillMeat.Bench.Processes;
using SkillMeat.Bench.Results;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>How long the whole process of <c>skm --version</c> takes, beside a .NET program that does nothing.</summary>
internal sealed class StartupBenchmark : IBenchmark
{
    private const int RunsPerRun = 5;

    public string Name => "startup";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string?>();
        var skm = new ProgramRunner(context.Programs.Skm, environment);
        var empty = new ProgramRunner(context.Programs.EmptyProgram, environment);
        await ElapsedAsync(skm, ["--version"], cancellationToken);
        await ElapsedAsync(empty, [], cancellationToken);

        var skmTimes = new List<double>();
        var emptyTimes = new List<double>();
        // In turn, so that what else the machine does meets both.
        for (var i = 0; i < context.Runs * RunsPerRun; i++)
        {
            skmTimes.Add(await ElapsedAsync(skm, ["--version"], cancellationToken));
            emptyTimes.Add(await ElapsedAsync(empty, [], cancellationToken));
        }

        return
        [
            Measure.Milliseconds("skm --version, whole process", skmTimes) with { AtMost = 100 },
            Measure.Milliseconds("empty .NET program, whole process", emptyTimes),
            new Measure("skm --version / empty program", "×", new Samples(skmTimes.Zip(emptyTimes, (s, e) => s / e))) { Note = "of neighbouring runs" },
        ];
    }

    private static async Task<double> ElapsedAsync(ProgramRunner program, string[] arguments, CancellationToken cancellationToken)
    {
        var outcome = await program.RunAsync(arguments, cancellationToken);
        return outcome.ExitCode == 0 ? outcome.Elapsed.TotalMilliseconds : throw new InvalidOperationException($"It ended with {outcome.ExitCode}: {outcome.Error.Trim()}");
    }
}
