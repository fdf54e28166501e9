using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using SkillMeat.Bench.Data;
using SkillMeat.Bench.Processes;
using SkillMeat.Bench.Results;
using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Registry;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>The service with 10,000 artifacts and 100 projects: single requests when it is warm, and 50 clients that read and write at once.</summary>
internal sealed class ServiceBenchmark : IBenchmark
{
    private const int Artifacts = 10_000;
    private const int Projects = 100;
    private const int ArtifactsOfEach = 100;
    private const int RequestsPerRun = 20;
    private const int Clients = 50;
    private const int ReadsPerWrite = 9;
    private const double Percentile = 0.99;

    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestLoad = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    public string Name => "service";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var home = context.Workspace.NewHomePath();
        SearchHome.Write(home, Artifacts);
        var names = CollectionStore.Open(home).Read().Artifacts.Select(artifact => artifact.ArtifactId).ToList();
        var projects = Enumerable.Range(0, Projects).Select(_ => Directory.CreateDirectory(context.Workspace.NewHomePath()).FullName).ToList();
        await new ProjectRegistry(CollectionStore.Open(home), _ => null).RegisterAsync(projects, LockTimeout, cancellationToken: cancellationToken);
        await new ArtifactDeployer(CollectionStore.Open(home), _ => null).DeployAsync(new DeployRequest { Artifacts = [.. names.Take(ArtifactsOfEach)], Projects = projects }, cancellationToken);
        using var service = await SkmService.StartAsync(context.Programs.RuntimeSkm, home, cancellationToken);
        using var client = service.CreateClient();
        // The first answers read everything, and what was written a moment ago is looked at again.
        await client.GetStringAsync("deployments", cancellationToken);
        await client.GetStringAsync("cache/search?q=a", cancellationToken);
        await Task.Delay(Settled, cancellationToken);
        var requests = context.Runs * RequestsPerRun;
        var random = new Random(16);
        Task<List<double>> Requests(Func<string> path) => TimeAsync(client, path, requests, cancellationToken);
        var collections = await Requests(() => "collections");
        var detail = await Requests(() => $"collections/default/artifacts/{names[random.Next(names.Count)]}");
        var page = await Requests(() => "collections/default/artifacts?limit=100");
        var files = await Requests(() => $"collections/default/artifacts/{names[random.Next(names.Count)]}/files");
        var deployments = await Requests(() => "deployments?limit=100");
        var search = await Requests(() => $"cache/search?q={(random.Next(2) == 0 ? SearchHome.Rare : SearchHome.Frequent)}&limit=20");
        var (times, writes) = await LoadAsync(service, names, context.Runs == 1 ? TimeSpan.FromSeconds(2) : LongestLoad, cancellationToken);
        projects.ForEach(project => Directory.Delete(project, recursive: true));
        return
        [
            Measure.Milliseconds("service: list of collections", collections) with { AtMost = 20, Note = "10,000 artifacts, 100 projects of 100" },
            Measure.Milliseconds("  one artifact", detail) with { AtMost = 10 },
            Measure.Milliseconds("  a page of 100 artifacts", page),
            Measure.Milliseconds("  the files of an artifact", files),
            Measure.Milliseconds("  deployments: a page of 100 of 10,000, with counts", deployments) with { AtMost = 50 },
            Measure.Milliseconds("  search", search) with { AtMost = 20 },
            Measure.Milliseconds($"  {Clients} clients at once, a tenth of the requests writes", times) with
            {
                Note = $"{times.Count} requests, {writes} of them written and found again; 99 % below {times.Order().ElementAt((int)(times.Count * Percentile)):0} ms",
            },
        ];
    }

    private static async Task<List<double>> TimeAsync(HttpClient client, Func<string> path, int count, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var i = 0; i < count + 2; i++)
        {
            var wanted = path();
            var begun = Stopwatch.GetTimestamp();
            await client.GetByteArrayAsync(wanted, cancellationToken);
            // The first two warm the path up.
            if (i > 1) times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return times;
    }

    /// <summary>Reads and writes with many clients at once. Any answer but success ends the run.</summary>
    private static async Task<(IReadOnlyCollection<double> Times, int Writes)> LoadAsync(SkmService service, List<string> names, TimeSpan duration, CancellationToken cancellationToken)
    {
        var times = new ConcurrentBag<double>();
        var written = new ConcurrentBag<string>();
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => Task.Run(
            async () =>
            {
                using var client = service.CreateClient();
                var random = new Random(number);
                for (var i = number; Stopwatch.GetElapsedTime(begun) < duration; i++)
                {
                    var sent = Stopwatch.GetTimestamp();
                    if (i % (ReadsPerWrite + 1) == 0)
                    {
                        var name = $"c{number}-{i}";
                        using var answer = await client.PostAsJsonAsync("collections", new { name }, cancellationToken);
                        answer.EnsureSuccessStatusCode();
                        written.Add(name);
                    }
                    else
                    {
                        await client.GetByteArrayAsync(
                            (i % 3) switch { 0 => $"collections/default/artifacts/{names[random.Next(names.Count)]}", 1 => $"cache/search?q={SearchHome.Rare}&limit=20", _ => "collections?limit=10" }, cancellationToken);
                    }

                    times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                }
            },
            cancellationToken)));
        using var reader = service.CreateClient();
        foreach (var name in written)
        {
            var found = await reader.GetFromJsonAsync<JsonElement>($"collections/{name}", cancellationToken);
            if (found.GetProperty("name").GetString() != name) throw new InvalidOperationException($"The collection '{name}' was lost.");
        }

        return (times, written.Count);
    }
}
