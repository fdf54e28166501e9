using System.Diagnostics;
using System.Globalization;
using SkillMeat.Additions;
using SkillMeat.Bench.Results;
using SkillMeat.Collections;
using SkillMeat.Tests.Objects;
using SkillMeat.Updates;
using SkillMeat.Upstream;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>Adding 1, 10, 100 and 1,000 artifacts from a folder, and updating all of them after all changed there.</summary>
internal sealed class UpdatesBenchmark : IBenchmark
{
    // File systems store times in steps; a scan reads files that were written in the last step again.
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(60);

    public string Name => "updates";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var measures = new List<Measure>();
        foreach (var artifacts in new[] { 1, 10, 100, 1000 }) measures.AddRange(await MeasureAsync(context, artifacts, cancellationToken));
        return measures;
    }

    private static async Task<IReadOnlyList<Measure>> MeasureAsync(BenchmarkContext context, int artifacts, CancellationToken cancellationToken)
    {
        var (added, updated, unchanged) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i <= context.Runs; i++)
        {
            var upstream = context.Workspace.NewHomePath();
            var collection = new SampleCollection(upstream, artifacts);
            collection.Write();
            var home = context.Workspace.NewHomePath();
            await CollectionStore.InitializeAsync(home, TimeSpan.FromSeconds(30), cancellationToken: cancellationToken);
            var specs = Directory.EnumerateDirectories(Path.Combine(upstream, "skills")).Order(StringComparer.Ordinal).Select(folder => new ArtifactAddition(folder)).ToList();
            Thread.Sleep(Settled);
            var entries = await TimeAsync(added, (store, session) => new ArtifactAdder(store, session).AddAsync(new AddRequest { Artifacts = specs, BaseFolder = upstream }, cancellationToken));
            Verify(entries.Count(entry => entry.Status == AddStatus.Added), artifacts);
            for (var artifact = 0; artifact < artifacts; artifact++) File.AppendAllText(Path.Combine(specs[artifact].Spec, "reference.md"), "one more line\n");
            Thread.Sleep(Settled);
            Verify((await TimeAsync(updated, UpdateAsync)).Entries.Count(entry => entry.Status == UpdateStatus.Updated), artifacts);
            Verify((await TimeAsync(unchanged, UpdateAsync)).Entries.Count(entry => entry.Status == UpdateStatus.Unchanged), artifacts);

            Task<UpdateResult> UpdateAsync(CollectionStore store, UpstreamSession session) => new ArtifactUpdater(store, session).UpdateAsync(new UpdateRequest(), cancellationToken);

            // The home is opened anew each time, as a new process does.
            async Task<T> TimeAsync<T>(List<double> times, Func<CollectionStore, UpstreamSession, Task<T>> work)
            {
                var start = Stopwatch.GetTimestamp();
                var store = CollectionStore.Open(home);
                using var session = UpstreamSession.Create(store, new UpstreamSessionOptions { Environment = _ => null });
                var result = await work(store, session);
                if (i > 0) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                return result;
            }
        }

        var what = $"{artifacts.ToString("N0", CultureInfo.InvariantCulture)} artifacts";
        return
        [
            Measure.Milliseconds($"updates: add {what} from a folder", added) with { Note = "one transaction" },
            Measure.Milliseconds($"updates: update {what}, all changed", updated) with { Note = "planned, snapshot, one transaction" },
            Measure.Milliseconds($"updates: update {what}, none changed", unchanged),
        ];
    }

    private static void Verify(int count, int expected)
    {
        if (count != expected) throw new InvalidOperationException($"{count} of {expected} artifacts were dealt with.");
    }
}
