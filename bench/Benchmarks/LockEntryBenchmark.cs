using System.Diagnostics;
using SkillMeat.Bench.Results;
using SkillMeat.Collections;
using SkillMeat.Storage;
using SkillMeat.Storage.Journal;
using SkillMeat.Tests.Objects;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>A change of one entry in a lock file of 1,000: read, edited, written in a transaction, flushed to disk.</summary>
internal sealed class LockEntryBenchmark : IBenchmark
{
    private const int RunsPerRun = 5;

    public string Name => "lock-entry";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var home = context.Workspace.NewHomePath();
        var folder = Path.Combine(home, "collections", "default");
        new SampleCollection(folder, 1000).Write();
        var path = Path.Combine(folder, "collection.lock");
        var storage = new HomeStorage(home, TimeProvider.System, Random.Shared);
        var id = new ArtifactId(ArtifactType.Skill, "artifact-0500");
        var times = new List<double>();
        for (var i = 0; i <= context.Runs * RunsPerRun; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using (var held = await storage.LockAsync(["bench"], TimeSpan.FromSeconds(30), cancellationToken))
            {
                var bytes = storage.ReadConsistent([path], cancellationToken)[0];
                var lockFile = LockFile.Parse(bytes, path);
                lockFile.Set(id, lockFile.Find(id)! with { ResolvedSha = i.ToString("x40", System.Globalization.CultureInfo.InvariantCulture) }, DateTimeOffset.UtcNow);
                var change = storage.Begin(held);
                change.Write(path, lockFile.ToBytes(), FileExpectation.Of(bytes));
                change.Commit(cancellationToken);
            }

            if (i > 0) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return [Measure.Milliseconds("one lock entry of 1,000 changed", times) with { AtMost = 10, Note = "read, edited, written in a transaction, flushed" }];
    }
}
