using System.Diagnostics;
using SkillMeat.Bench.Data;
using SkillMeat.Bench.Results;
using SkillMeat.Toml;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>Reading the manifest of 5,000 artifacts.</summary>
internal sealed class TomlBenchmark : IBenchmark
{
    private const int Artifacts = 5000;
    private const int RunsPerRun = 5;

    public string Name => "toml";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var data = await context.Workspace.DataAsync(Artifacts, cancellationToken);
        var path = Path.Combine(data.MakeHome(context.Workspace.NewHomePath(), DataSet.ServerPlaceholder), "collections", "default", "collection.toml");
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        var times = new List<double>();
        for (var i = 0; i <= context.Runs * RunsPerRun; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var document = TomlDocument.Parse(bytes, path);
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            // Uses the result, so that the compiler cannot remove the parse.
            if (document.Entries.Count < Artifacts)
            {
                throw new InvalidOperationException("The manifest lost artifacts.");
            }

            if (i > 0)
            {
                times.Add(elapsed);
            }
        }

        return [Measure.Milliseconds("TOML parse, manifest of 5,000", times) with { Note = $"{bytes.Length / 1e6:0.0} MB" }];
    }
}
