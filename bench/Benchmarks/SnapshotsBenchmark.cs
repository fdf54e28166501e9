using System.Diagnostics;
using System.Globalization;
using SkillMeat.Bench.Results;
using SkillMeat.Collections;
using SkillMeat.Snapshots;
using SkillMeat.Tests.Objects;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>Snapshots of collections of 1, 10, 100 and 1,000 artifacts: the first, one after a change of one artifact, the restore of that, a restore of everything.</summary>
internal sealed class SnapshotsBenchmark : IBenchmark
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // File systems store times in steps; a scan reads files that were written in the last step again.
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(60);

    public string Name => "snapshots";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var measures = new List<Measure>();
        foreach (var artifacts in new[] { 1, 10, 100, 1000 }) measures.AddRange(await MeasureAsync(context, artifacts, cancellationToken));
        return measures;
    }

    private static async Task<IReadOnlyList<Measure>> MeasureAsync(BenchmarkContext context, int artifacts, CancellationToken cancellationToken)
    {
        var (first, changed, restored, whole, verified) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var (firstBytes, changedBytes) = (0L, 0L);
        for (var i = 0; i <= context.Runs; i++)
        {
            var home = context.Workspace.NewHomePath();
            var folder = Path.Combine(home, "collections", "default");
            var collection = new SampleCollection(folder, artifacts);
            collection.Write();
            Thread.Sleep(Settled);
            var before = await TimeAsync(first, s => s.TakeAsync(null, "first", Patience, cancellationToken));
            collection.Update(artifacts / 2);
            Thread.Sleep(Settled);
            var after = await TimeAsync(changed, s => s.TakeAsync(null, "one changed", Patience, cancellationToken));
            (firstBytes, changedBytes) = (before.SizeBytes, after.SizeBytes);
            await TimeAsync(verified, s => s.VerifyAsync(null, after.SnapshotId, cancellationToken));
            await TimeAsync(restored, s => s.RestoreAsync(null, before.SnapshotId, [], Patience, cancellationToken));
            Directory.Delete(folder, recursive: true);
            await TimeAsync(whole, s => s.RestoreAsync(null, before.SnapshotId, [], Patience, cancellationToken));

            // The home is opened anew each time, as a new process does.
            async Task<T> TimeAsync<T>(List<double> times, Func<CollectionSnapshots, Task<T>> work)
            {
                var start = Stopwatch.GetTimestamp();
                var result = await work(new CollectionSnapshots(CollectionStore.Open(home)));
                if (i > 0) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                return result;
            }
        }

        var what = $"{artifacts.ToString("N0", CultureInfo.InvariantCulture)} artifacts";
        var isLargest = artifacts == 1000;
        return
        [
            Measure.Milliseconds($"snapshots: first, {what}", first) with { AtMost = isLargest ? 100 : null, Note = $"{firstBytes} bytes" },
            Measure.Milliseconds($"snapshots: after a change of one of {what}", changed) with { AtMost = isLargest ? 20 : null, Note = $"{changedBytes} bytes" },
            Measure.Milliseconds($"snapshots: verify, {what}", verified),
            Measure.Milliseconds($"snapshots: restore after that change, {what}", restored) with { AtMost = isLargest ? 50 : null, Note = "verified, kept, swapped, read back" },
            Measure.Milliseconds($"snapshots: restore of everything, {what}", whole) with { AtMost = isLargest ? 330 : null, Note = "the collection was gone" },
        ];
    }
}
