using System.Diagnostics;
using System.Globalization;
using SkillMeat.Bench.Results;
using SkillMeat.Objects;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Tests.Objects;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>The object store: scanning collections into it and writing them out, adding from memory, opening one with many packs.</summary>
internal sealed class ObjectsBenchmark : IBenchmark
{
    private const int SmallObjects = 2200;
    private const int Packs = 50;
    private const int ObjectsPerPack = 400;

    // File systems store times in steps; a scan reads files that were written in the last step again.
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(60);

    public string Name => "objects";

    public Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var measures = new List<Measure>();
        foreach (var artifacts in new[] { 1, 10, 100, 1000 }) measures.AddRange(MeasureCollection(context, artifacts, cancellationToken));
        measures.Add(MeasureAdding(context, cancellationToken));
        measures.AddRange(MeasureOpening(context, cancellationToken));
        return Task.FromResult<IReadOnlyList<Measure>>(measures);
    }

    private static IEnumerable<Measure> MeasureCollection(BenchmarkContext context, int artifacts, CancellationToken cancellationToken)
    {
        var folder = context.Workspace.NewHomePath();
        var collection = new SampleCollection(folder, artifacts);
        collection.Write();
        var (first, again, changed, restored) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var (firstBytes, changedBytes) = (0L, 0L);
        var files = 0;
        for (var i = 0; i <= context.Runs; i++)
        {
            Thread.Sleep(Settled);
            var home = context.Workspace.NewHomePath();
            Directory.CreateDirectory(home);
            (var whole, firstBytes) = Scan(i == 0 ? [] : first);
            files = whole.Files;
            for (var j = 0; j < 3; j++)
            {
                if (Scan(i == 0 ? [] : again).Scan.FilesRead > 0) throw new InvalidOperationException("A file was read twice.");
            }

            collection.Update(artifacts / 2);
            (_, changedBytes) = Scan(i == 0 ? [] : changed);
            var started = Stopwatch.GetTimestamp();
            new TreeWriter(new ObjectStore(home, Random.Shared)).Write(whole.Id, Path.Combine(home, "restored"), cancellationToken);
            if (i > 0) restored.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);

            // The store is opened anew each time, as a new process does.
            (TreeScan Scan, long Bytes) Scan(List<double> times)
            {
                var start = Stopwatch.GetTimestamp();
                var store = new ObjectStore(home, Random.Shared);
                using var writer = store.BeginWrite();
                var scan = new TreeScanner(store, TimeProvider.System).Scan(writer, folder, cancellationToken);
                writer.Commit();
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                return (scan, writer.BytesWritten);
            }
        }

        var what = $"{artifacts.ToString("N0", CultureInfo.InvariantCulture)} artifacts";
        yield return Measure.Milliseconds($"objects: first scan, {what}", first) with { Note = $"{files} files, {firstBytes} bytes written, flushed" };
        yield return Measure.Milliseconds($"objects: scan again, {what}", again) with { Note = "no file read", AtMost = artifacts == 1000 ? 12 : null };
        yield return Measure.Milliseconds($"objects: scan, one of {what} changed", changed) with { Note = $"{changedBytes} bytes written, flushed" };
        yield return Measure.Milliseconds($"objects: write out, {what}", restored) with { Note = "volume flushed, with what others wrote to it" };
    }

    private static Measure MeasureAdding(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var folder = context.Workspace.NewHomePath();
        new SampleCollection(folder, 1000).Write();
        var contents = Directory.EnumerateFiles(Path.Combine(folder, "skills"), "*", SearchOption.AllDirectories).Take(SmallObjects).Select(File.ReadAllBytes).ToList();
        var times = new List<double>();
        for (var i = 0; i <= context.Runs * 3; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var home = context.Workspace.NewHomePath();
            Directory.CreateDirectory(home);
            var started = Stopwatch.GetTimestamp();
            using var writer = new ObjectStore(home, Random.Shared).BeginWrite();
            foreach (var content in contents) writer.AddBlob(content);
            writer.Commit();
            if (i > 0) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return Measure.Milliseconds("objects: add 2,200 small ones", times) with { AtMost = 60, Note = $"{contents.Sum(content => content.Length) / 1e6:0.0} MB, one flush" };
    }

    private static IEnumerable<Measure> MeasureOpening(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var home = context.Workspace.NewHomePath();
        Directory.CreateDirectory(home);
        var id = default(ObjectId);
        for (var pack = 0; pack < Packs; pack++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var writer = new ObjectStore(home, Random.Shared).BeginWrite();
            for (var i = 0; i < ObjectsPerPack; i++) id = writer.AddBlob(BitConverter.GetBytes((pack * ObjectsPerPack) + i));
            writer.Commit();
        }

        yield return Measure.Milliseconds("objects: open 20,000 in 50 packs", Open()) with { AtMost = 10, Note = "with the cache of indexes" };
        Directory.Delete(Path.Combine(home, "cache"), recursive: true);
        yield return Measure.Milliseconds("objects: open 20,000 in 50 packs", Open()) with { AtMost = 10, Note = "without it" };

        List<double> Open()
        {
            var times = new List<double>();
            for (var i = 0; i <= context.Runs * 3; i++)
            {
                var started = Stopwatch.GetTimestamp();
                if (!new ObjectStore(home, Random.Shared).Contains(id)) throw new InvalidOperationException("An object is lost.");
                if (i > 0) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return times;
        }
    }
}
