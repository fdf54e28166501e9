using System.Diagnostics;
using SkillMeat.Bench.Data;
using SkillMeat.Bench.Processes;
using SkillMeat.Bench.Results;
using SkillMeat.Cache;
using SkillMeat.Cache.Search;
using SkillMeat.Collections;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>The search among 10,000 artifacts: the first one, which reads everything; later ones; a whole process; and the size of the file.</summary>
internal sealed class SearchBenchmark : IBenchmark
{
    private const int Artifacts = 10_000;
    private const int SearchesPerRun = 20;
    private const int ProcessesPerRun = 5;
    private const double BytesPerMegabyte = 1e6;

    public string Name => "search";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var home = context.Workspace.NewHomePath();
        SearchHome.Write(home, Artifacts);
        // A stamp of this moment would not be believed in the first searches.
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        var fills = new List<double>();
        for (var i = 0; i <= context.Runs; i++)
        {
            if (Directory.Exists(Path.Combine(home, "cache"))) Directory.Delete(Path.Combine(home, "cache"), recursive: true);
            using var cache = Open(home);
            var fill = Time(cache, SearchHome.Rare, TimeSpan.Zero, Artifacts * 5 / 100);
            if (i > 0) fills.Add(fill);
        }

        var size = Directory.GetFiles(Path.Combine(home, "cache"), "skillmeat-engine.db*").Sum(file => new FileInfo(file).Length) / BytesPerMegabyte;
        using var warm = Open(home);
        List<double> Searches(string text, TimeSpan maxAge, int? total) => [.. Enumerable.Range(0, (context.Runs * SearchesPerRun) + 2).Select(_ => Time(warm, text, maxAge, total)).Skip(2)];
        var rare = Searches(SearchHome.Rare, TimeSpan.FromSeconds(2), Artifacts * 5 / 100);
        var frequent = Searches(SearchHome.Frequent, TimeSpan.FromSeconds(2), Artifacts * 34 / 100);
        var swept = Searches(SearchHome.Rare, TimeSpan.Zero, Artifacts * 5 / 100);
        var misspelled = Searches("spreadhseet", TimeSpan.FromSeconds(2), Artifacts * 5 / 100);
        string[] arguments = ["search", SearchHome.Frequent, "--home", home, "--format", "json"];
        var processes = await ProgramTimes.InTurnAsync([(context.Programs.Skm, arguments), (context.Programs.RuntimeSkm, arguments)], context.Runs * ProcessesPerRun, cancellationToken);
        return
        [
            Measure.Milliseconds("search of 10,000: the first, which reads all", fills) with { AtMost = 1000, Note = "manifest, lock file, 10,000 files" },
            Measure.Milliseconds("  5 % have the word", rare) with { AtMost = 3, Note = "a page of 20, with the total" },
            Measure.Milliseconds("  34 % have the word", frequent) with { AtMost = 10 },
            Measure.Milliseconds("  a typing error", misspelled),
            Measure.Milliseconds("  5 %, with a look at all files", swept) with { Note = "as skm does in every process" },
            Measure.Milliseconds("  skm search, whole process", processes[0]) with { AtMost = 120 },
            Measure.Milliseconds("  for the .NET runtime", processes[1]),
            new Measure("  size of the file", "MB", new Samples([size])) { AtMost = 10, Note = "with what is beside it" },
        ];
    }

    private static HomeCache Open(string home) => HomeCache.Open(CollectionStore.OpenToRead(home), new HomeCacheOptions { Environment = _ => null, Report = warning => throw new InvalidOperationException(warning) });

    private static double Time(HomeCache cache, string text, TimeSpan maxAge, int? total)
    {
        var search = new ArtifactSearch(cache);
        var started = Stopwatch.GetTimestamp();
        var found = search.Search(new ArtifactSearchRequest { Text = text, MaxTextAge = maxAge });
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (total is not null && found.Total != total) throw new InvalidOperationException($"'{text}' was found {found.Total} times and not {total}.");
        return elapsed;
    }
}
