using System.Text.Json;
using SkillMeat.Bench.Benchmarks;
using SkillMeat.Bench.Data;
using SkillMeat.Bench.Results;
using SkillMeat.Errors;

namespace SkillMeat.Bench;

/// <summary>Measures the performance that SkillMeat promises, and prints one table.</summary>
internal static class Program
{
    private static readonly IBenchmark[] Benchmarks =
    [
        new StartupBenchmark(),
        new ListBenchmark(),
        new DelayedCheckBenchmark(),
        new EngineCheckBenchmark(),
        new MemoryBenchmark(),
        new RefreshBenchmark(),
        new TomlBenchmark(),
        new TransactionBenchmark(),
        new ModuleBenchmark(),
        new ObjectsBenchmark(),
        new SnapshotsBenchmark(),
        new UpdatesBenchmark(),
        new ProjectsBenchmark(),
        new CacheBenchmark(),
        new StaleBenchmark(),
        new BehindBenchmark(),
        new LockEntryBenchmark(),
        new GrowthBenchmark(),
        new ModuleGrowthBenchmark(),
        new SearchBenchmark(),
        new TraceBenchmark(),
        new ServiceBenchmark(),
    ];

    public static async Task<int> Main(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        try
        {
            return arguments is [EngineCheckChild.Verb, var home] ? await EngineCheckChild.RunAsync(home, stop.Token) : await RunAsync(BenchArguments.Parse(arguments), stop.Token);
        }
        // All expected exceptions: an uncaught one would end the process before the temporary folder is removed.
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException or HttpRequestException or JsonException or SkillMeatException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 1;
        }
    }

    private static async Task<int> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Help)
        {
            await Console.Out.WriteLineAsync(BenchArguments.Usage);
            return 0;
        }

        var chosen = Benchmarks.Where(b => b.Name.Contains(arguments.Filter, StringComparison.OrdinalIgnoreCase)).ToList();
        if (chosen.Count == 0)
        {
            throw new ArgumentException($"No benchmark is called '{arguments.Filter}'.\n{BenchArguments.Usage}");
        }

        var programs = Programs.Locate();
        await Console.Error.WriteLineAsync("publishing skm…");
        await programs.PublishAsync(cancellationToken);
        using var workspace = new Workspace(programs, Console.Error);
        var measures = new List<Measure>();
        var loadBefore = MachineState.Load();
        foreach (var benchmark in chosen)
        {
            await Console.Error.WriteLineAsync($"{benchmark.Name}…");
            measures.AddRange(await benchmark.RunAsync(new BenchmarkContext(programs, workspace, arguments.Runs), cancellationToken));
        }

        await Console.Out.WriteLineAsync(MachineState.Describe());
        if (loadBefore is not null)
        {
            await Console.Out.WriteLineAsync($"load {loadBefore} before, {MachineState.Load()} after; times grow when others use the processors too");
        }

        MeasureTable.Write(Console.Out, measures);
        var failed = measures.Count(measure => measure is { IsRequired: true, IsMissed: true });
        if (failed > 0) await Console.Error.WriteLineAsync($"{failed} of the limits that must be met were not: see NO above.");
        return failed > 0 ? 1 : 0;
    }
}
