using System.Diagnostics;
using System.Globalization;
using System.Text;
using SkillMeat.Additions;
using SkillMeat.Bench.Processes;
using SkillMeat.Bench.Results;
using SkillMeat.Cache;
using SkillMeat.Cache.Deployments;
using SkillMeat.Cache.Stale;
using SkillMeat.Cache.Updates;
using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Registry;
using SkillMeat.Refresh;
using SkillMeat.Upstream;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>Listing 1,000 stale artifacts of 10,000, and the overview of 10,000 deployments in 100 projects.</summary>
internal sealed class StaleBenchmark : IBenchmark
{
    private const int Projects = 100;
    private const int ArtifactsOfEach = 100;
    private const int Artifacts = 10_000;
    private const int Stale = 1_000;
    private const int ProcessesPerRun = 5;
    private const int SomethingIsStale = 2;

    // File systems store times in steps; what was written in the last step is looked at again.
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);

    public string Name => "stale";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken) =>
        [.. await MeasureStaleAsync(context, cancellationToken), .. await MeasureOverviewAsync(context, cancellationToken)];

    private static async Task<IReadOnlyList<Measure>> MeasureStaleAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var (home, upstream) = await MakeHomeAsync(context, Artifacts, Stale, cancellationToken);
        var projects = await DeployAsync(context, home, Enumerable.Range(0, Projects).Select(i => Enumerable.Range(i * (Stale / Projects), Stale / Projects).Select(NameOf).ToArray()).ToList(), cancellationToken);
        for (var i = 0; i < Stale; i++) WriteSkill(upstream, i, "2.0.0");
        Thread.Sleep(Settled);
        var (recorded, listed) = (new List<double>(), new List<double>());
        using (var cache = Open(home))
        {
            var store = CollectionStore.Open(home);
            using var session = UpstreamSession.Create(store, new UpstreamSessionOptions { Environment = _ => null });
            var result = await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), listener: null, cancellationToken);
            Verify(FindStale(cache), 0);
            for (var i = 0; i <= context.Runs; i++) Time(i, recorded, () => Record(cache, result));
        }

        for (var i = 0; i <= context.Runs; i++)
        {
            // The first look of a process opens the database.
            using var cache = Open(home);
            Verify(FindStale(cache), Stale);
            Verify(Time(i, listed, () => FindStale(cache)), Stale);
        }

        string[] arguments = ["stale", "--home", home, "--format", "json"];
        var processes = await ProgramTimes.InTurnAsync([(context.Programs.Skm, arguments), (context.Programs.RuntimeSkm, arguments)], context.Runs * ProcessesPerRun, cancellationToken, SomethingIsStale);
        projects.ForEach(project => Directory.Delete(project, recursive: true));
        return
        [
            Measure.Milliseconds($"stale: {Format(Stale)} of {Format(Artifacts)} artifacts, deployed in {Projects} projects", listed) with { AtMost = 15 },
            Measure.Milliseconds("  skm stale, whole process", processes[0]) with { AtMost = 120 },
            Measure.Milliseconds("  for the .NET runtime", processes[1]),
            Measure.Milliseconds($"stale: recording a check of {Format(Artifacts)} artifacts", recorded) with { AtMost = 200, Note = $"{Format(Stale)} changed" },
        ];
    }

    private static async Task<IReadOnlyList<Measure>> MeasureOverviewAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var (home, _) = await MakeHomeAsync(context, ArtifactsOfEach, 0, cancellationToken);
        var names = Enumerable.Range(0, ArtifactsOfEach).Select(NameOf).ToArray();
        var projects = await DeployAsync(context, home, Enumerable.Range(0, Projects).Select(_ => names).ToList(), cancellationToken);
        Thread.Sleep(Settled);
        var (first, warm, edited, changed) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i <= context.Runs; i++)
        {
            File.Delete(Path.Combine(home, "cache", "skillmeat-engine.db"));
            using var cache = Open(home);
            Verify(Time(i, first, () => Count(cache)), Projects * ArtifactsOfEach);
            Verify(Time(i, warm, () => Count(cache)), Projects * ArtifactsOfEach);
            File.AppendAllText(Path.Combine(projects[i % Projects], ".claude", "skills", names[0], "SKILL.md"), "one more line\n");
            Verify(Time(i, edited, () => Count(cache)), Projects * ArtifactsOfEach);
            Thread.Sleep(Settled);
            Count(cache);
            File.AppendAllText(Path.Combine(home, "collections", "default", "collection.toml"), "\n");
            Thread.Sleep(Settled);
            Verify(Time(i, changed, () => Count(cache)), Projects * ArtifactsOfEach);
        }

        projects.ForEach(project => Directory.Delete(project, recursive: true));
        var what = $"{Format(Projects * ArtifactsOfEach)} deployments in {Projects} projects";
        return
        [
            Measure.Milliseconds($"overview: {what}", warm) with { AtMost = 30 },
            Measure.Milliseconds($"overview: {what}, one copy edited", edited),
            Measure.Milliseconds($"overview: {what}, after a change of the manifest", changed),
            Measure.Milliseconds($"overview: {what}, without a cache", first),
        ];
    }

    private static async Task<(string Home, string Upstream)> MakeHomeAsync(BenchmarkContext context, int artifacts, int withUpstream, CancellationToken cancellationToken)
    {
        var (home, upstream) = (context.Workspace.NewHomePath(), context.Workspace.NewHomePath());
        await CollectionStore.InitializeAsync(home, LockTimeout, cancellationToken: cancellationToken);
        if (withUpstream > 0) await AddAsync(home, upstream, withUpstream, cancellationToken);
        var collection = Path.Combine(home, "collections", "default");
        var manifest = new StringBuilder(await File.ReadAllTextAsync(Path.Combine(collection, "collection.toml"), cancellationToken));
        for (var i = withUpstream; i < artifacts; i++)
        {
            WriteSkill(collection, i, "1.0.0");
            manifest.Append(CultureInfo.InvariantCulture, $"\n[[artifacts]]\nname = \"{NameOf(i)}\"\ntype = \"skill\"\npath = \"skills/{NameOf(i)}\"\norigin = \"local\"\nadded = \"2026-11-01T09:00:00\"\n");
        }

        await File.WriteAllTextAsync(Path.Combine(collection, "collection.toml"), manifest.ToString(), cancellationToken);
        Thread.Sleep(Settled);
        return (home, upstream);
    }

    private static async Task AddAsync(string home, string upstream, int count, CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++) WriteSkill(upstream, i, "1.0.0");
        var store = CollectionStore.Open(home);
        using var session = UpstreamSession.Create(store, new UpstreamSessionOptions { Environment = _ => null });
        var specs = Enumerable.Range(0, count).Select(i => new ArtifactAddition(Path.Combine(upstream, "skills", NameOf(i)))).ToList();
        Verify((await new ArtifactAdder(store, session).AddAsync(new AddRequest { Artifacts = specs, BaseFolder = upstream }, cancellationToken)).Count(entry => entry.Status == AddStatus.Added), count);
    }

    private static void WriteSkill(string folder, int number, string version)
    {
        var skill = Directory.CreateDirectory(Path.Combine(folder, "skills", NameOf(number))).FullName;
        File.WriteAllText(Path.Combine(skill, "SKILL.md"), $"---\nname: {NameOf(number)}\ndescription: Does {number}\nversion: {version}\n---\nBody of {number}\n");
    }

    private static async Task<List<string>> DeployAsync(BenchmarkContext context, string home, List<string[]> names, CancellationToken cancellationToken)
    {
        var projects = names.ConvertAll(_ => Directory.CreateDirectory(context.Workspace.NewHomePath()).FullName);
        await new ProjectRegistry(CollectionStore.Open(home)).RegisterAsync(projects, LockTimeout, cancellationToken: cancellationToken);
        for (var i = 0; i < projects.Count; i++)
        {
            await new ArtifactDeployer(CollectionStore.Open(home), _ => null).DeployAsync(new DeployRequest { Artifacts = names[i], Projects = [projects[i]] }, cancellationToken);
        }

        return projects;
    }

    private static HomeCache Open(string home) => HomeCache.Open(CollectionStore.Open(home), new HomeCacheOptions { Environment = _ => null, Report = line => throw new InvalidOperationException(line) });

    private static int Count(HomeCache cache) => new DeploymentOverview(cache, _ => null).Find(new DeploymentQuery()).Deployments.Count;

    private static int FindStale(HomeCache cache) => new StaleArtifacts(cache, _ => null).Find(new StaleQuery()).Artifacts.Count;

    private static int Record(HomeCache cache, Checks.UpdateCheckResult result)
    {
        new UpstreamStates(cache).Record(result, UpstreamFacts.None, keepsInMemory: false, CancellationToken.None);
        return result.Checks.Count;
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"skill-{number:00000}");

    private static string Format(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static int Time(int run, List<double> times, Func<int> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = work();
        if (run > 0) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return result;
    }

    private static void Verify(int count, int expected)
    {
        if (count != expected) throw new InvalidOperationException($"{count} of {expected} artifacts were listed.");
    }
}
