using System.Diagnostics;
using System.Globalization;
using System.Text;
using SkillMeat.Bench.Results;
using SkillMeat.Storage;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>A transaction of two files, lock to clean-up, flushed to disk.</summary>
internal sealed class TransactionBenchmark : IBenchmark
{
    private const int RunsPerRun = 5;
    private const int FileBytes = 100_000;

    public string Name => "transaction";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var home = context.Workspace.NewHomePath();
        Directory.CreateDirectory(home);
        var storage = new HomeStorage(home, TimeProvider.System, Random.Shared);
        var times = new List<double>();
        for (var i = 0; i <= context.Runs * RunsPerRun; i++)
        {
            var content = Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture).PadLeft(FileBytes));
            var started = Stopwatch.GetTimestamp();
            using (var held = await storage.LockAsync(["bench"], TimeSpan.FromSeconds(30), cancellationToken))
            {
                var change = storage.Begin(held);
                change.Write(Path.Combine(home, "one"), content);
                change.Write(Path.Combine(home, "two"), content);
                change.Commit(cancellationToken);
            }

            if (i > 0)
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        return [Measure.Milliseconds("transaction of two files of 100 KB", times) with { Note = "flushed; the temporary folder's disk" }];
    }
}
