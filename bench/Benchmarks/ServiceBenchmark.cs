using System.Diagnostics;
using System.Net;
using SkillMeat.Bench.Data;
using SkillMeat.Bench.Processes;
using SkillMeat.Bench.Results;
using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Registry;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>The service with 10,000 artifacts and 100 projects: its start, single requests when it is warm, 50 clients that read and write at once, and what it needs when nobody asks.</summary>
internal sealed class ServiceBenchmark : IBenchmark
{
    private const int Artifacts = 10_000;
    private const int Projects = 100;
    private const int ArtifactsOfEach = 100;
    private const int RequestsPerRun = 20;
    private const double Megabyte = 1e6;
    private const double Percentile = 0.99;

    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Load = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan QuickLoad = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);
    // The first background refresh is over by then, also where no host can be reached.
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan QuickIdle = TimeSpan.FromSeconds(1);

    public string Name => "service";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var home = context.Workspace.NewHomePath();
        SearchHome.Write(home, Artifacts);
        var names = CollectionStore.Open(home).Read().Artifacts.Select(artifact => artifact.ArtifactId).ToList();
        var projects = Enumerable.Range(0, Projects).Select(_ => Directory.CreateDirectory(context.Workspace.NewHomePath()).FullName).ToList();
        await new ProjectRegistry(CollectionStore.Open(home), _ => null).RegisterAsync(projects, LockTimeout, cancellationToken: cancellationToken);
        await new ArtifactDeployer(CollectionStore.Open(home), _ => null).DeployAsync(new DeployRequest { Artifacts = [.. names.Take(ArtifactsOfEach)], Projects = projects }, cancellationToken);
        var starts = await TimeStartsAsync(context, home, cancellationToken);
        using var service = await SkmService.StartAsync(context.Programs.Skm, home, cancellationToken);
        using var client = service.CreateClient();
        // The first answers read everything, and what was written a moment ago is looked at again.
        await client.GetStringAsync("deployments", cancellationToken);
        await client.GetStringAsync("cache/search?q=a", cancellationToken);
        await Task.Delay(Settled, cancellationToken);
        var requests = context.Runs * RequestsPerRun;
        var random = new Random(16);
        var isQuick = context.Runs == 1;
        Task<List<double>> Requests(Func<string> path) => TimeAsync(client, path, requests, HttpStatusCode.OK, cancellationToken);
        var collections = await Requests(() => "collections");
        var detail = await Requests(() => $"collections/default/artifacts/{names[random.Next(names.Count)]}");
        var page = await Requests(() => "collections/default/artifacts?limit=100");
        var files = await Requests(() => $"collections/default/artifacts/{names[random.Next(names.Count)]}/files");
        var deployments = await Requests(() => "deployments?limit=100");
        var search = await Requests(() => $"cache/search?q={(random.Next(2) == 0 ? SearchHome.Rare : SearchHome.Frequent)}&limit=20");
        var groups = await Requests(() => "collections/default/groups");
        var unchanged = await TimeUnchangedAsync(client, requests, cancellationToken);
        var load = new ServiceLoad(service, names);
        await load.RunAsync(isQuick ? QuickLoad : Load, cancellationToken);
        var busy = service.ReadMemory() / Megabyte;
        await Task.Delay(isQuick ? QuickIdle : Forgotten, cancellationToken);
        var (idle, before) = (service.ReadMemory() / Megabyte, service.ReadProcessorTime());
        await Task.Delay(isQuick ? QuickIdle : Idle, cancellationToken);
        var share = 100 * (service.ReadProcessorTime() - before) / (isQuick ? QuickIdle : Idle);
        projects.ForEach(project => Directory.Delete(project, recursive: true));
        return
        [
            Measure.Milliseconds("service: list of collections", collections) with { AtMost = 20, Note = "10,000 artifacts, 100 projects of 100" },
            Measure.Milliseconds("  one artifact", detail) with { AtMost = 10 },
            Measure.Milliseconds("  a page of 100 artifacts", page),
            Measure.Milliseconds("  the files of an artifact", files),
            Measure.Milliseconds("  deployments: a page of 100 of 10,000, with counts", deployments) with { AtMost = 50 },
            Measure.Milliseconds("  search", search) with { AtMost = 20 },
            Measure.Milliseconds("  groups", groups) with { AtMost = 10 },
            Measure.Milliseconds("  a page that did not change (304)", unchanged),
            Measure.Milliseconds("  from the start to the ready line", starts) with { AtMost = 150 },
            Measure.Milliseconds($"  {ServiceLoad.Clients} clients at once, a tenth of the requests writes", load.Times) with
            {
                Note = $"{load.Times.Count} requests, {load.Writes} of them written and found again, {load.Refused} stale; 99 % below {load.Times.Order().ElementAt((int)(load.Times.Count * Percentile)):0} ms",
            },
            new Measure("  memory after this work", "MB", new Samples([busy])),
            new Measure("  memory when nobody asks", "MB", new Samples([idle])) { AtMost = 80, Note = $"after {(isQuick ? QuickIdle : Forgotten).TotalSeconds:0} s, resident, 1 MB = 1,000,000 bytes" },
            new Measure("  processor when nobody asks", "%", new Samples([share])) { AtMost = 1, Note = $"of a core, in {(isQuick ? QuickIdle : Idle).TotalSeconds:0} s" },
        ];
    }

    private static async Task<List<double>> TimeStartsAsync(BenchmarkContext context, string home, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var i = 0; i <= context.Runs; i++)
        {
            using var service = await SkmService.StartAsync(context.Programs.Skm, home, cancellationToken);
            // The first one reads the program from the disk.
            if (i > 0) times.Add(service.StartMilliseconds);
        }

        return times;
    }

    private static async Task<List<double>> TimeUnchangedAsync(HttpClient client, int count, CancellationToken cancellationToken)
    {
        const string Page = "collections/default/artifacts?limit=100";
        using var first = await client.GetAsync(Page, cancellationToken);
        client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        try
        {
            return await TimeAsync(client, () => Page, count, HttpStatusCode.NotModified, cancellationToken);
        }
        finally
        {
            client.DefaultRequestHeaders.IfNoneMatch.Clear();
        }
    }

    private static async Task<List<double>> TimeAsync(HttpClient client, Func<string> path, int count, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var i = 0; i < count + 2; i++)
        {
            var wanted = path();
            var begun = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(wanted, cancellationToken);
            await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            if (answer.StatusCode != expected) throw new InvalidOperationException($"{wanted}: {answer.StatusCode}");
            // The first two warm the path up.
            if (i > 1) times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return times;
    }
}
