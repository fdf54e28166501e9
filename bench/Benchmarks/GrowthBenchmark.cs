using SkillMeat.Bench.Growth;
using SkillMeat.Bench.Processes;
using SkillMeat.Bench.Results;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>The time of each command with 20, 1,000 and 10,000 artifacts, and its peak memory with 5,000. Time that grows faster than the collection is a failure.</summary>
internal sealed class GrowthBenchmark : IBenchmark
{
    private const int WatchedSize = 5000;

    public string Name => "growth";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var rows = GrowthOperations.All.Select(operation => (Operation: operation, Row: new GrowthRow(operation.Name) { TimeAtMost = operation.TimeAtMost })).ToList();
        var scenes = new List<GrowthScene>();
        foreach (var artifacts in GrowthRow.TimedSizes) await MeasureAllAsync(artifacts);
        // Not between two measures of time: for minutes afterwards, ext4 searches for each new file an inode that is not one of the deleted ones, which can take longer than what is measured.
        scenes.ForEach(scene => scene.Delete());
        scenes.Clear();
        await MeasureAllAsync(WatchedSize);
        scenes.ForEach(scene => scene.Delete());
        return [.. rows.SelectMany(pair => pair.Row.Describe().Append(PeakOf(pair.Operation, pair.Row)))];

        async Task MeasureAllAsync(int artifacts)
        {
            await Console.Error.WriteLineAsync($"  {GrowthRow.Text(artifacts)} artifacts…");
            var scene = await GrowthScene.CreateAsync(context, artifacts, cancellationToken);
            scenes.Add(scene);
            foreach (var (operation, row) in rows) await MeasureAsync(context, scene, operation, row, cancellationToken);
        }
    }

    private static async Task MeasureAsync(BenchmarkContext context, GrowthScene scene, GrowthOperation operation, GrowthRow row, CancellationToken cancellationToken)
    {
        var skm = new ProgramRunner(context.Programs.Skm, await operation.EnvironmentAsync(scene, cancellationToken));
        // The watched run is slowed down by the questions; its time does not count.
        var watched = await RunAsync(ProgramRunner.CanWatch);
        if (watched.PeakBytes is { } peak) row.SetPeak(scene.Artifacts, peak / 1e6);
        if (watched.ProcessorTime is { } time) row.SetProcessorTime(scene.Artifacts, time.TotalMilliseconds);
        for (var i = 0; scene.Artifacts != WatchedSize && i < context.Runs; i++) row.AddTime(scene.Artifacts, (await RunAsync(watch: false)).Elapsed.TotalMilliseconds);

        async Task<ProcessOutcome> RunAsync(bool watch)
        {
            var arguments = await operation.StartAsync(scene, cancellationToken);
            var outcome = await skm.RunAsync(arguments, cancellationToken, watch);
            if (outcome.ExitCode != 0 || !operation.IsRight(scene, outcome))
            {
                throw new InvalidOperationException($"'{operation.Name}' with {GrowthRow.Text(scene.Artifacts)} artifacts went wrong (exit code {outcome.ExitCode}): {outcome.Error.Trim()}");
            }

            return outcome;
        }
    }

    private static Measure PeakOf(GrowthOperation operation, GrowthRow row) => row.Peak(WatchedSize) is { } peak
        ? new Measure("  peak memory, 5,000", "MB", new Samples([peak])) { AtMost = operation.PeakAtMost, Note = "VmHWM, 1 MB = 1,000,000 bytes" }
        : Measure.Skipped("  peak memory, 5,000", "only Linux tells the peak of a running process");
}
