using System.Diagnostics;
using System.Globalization;
using SkillMeat.Additions;
using SkillMeat.Bench.Results;
using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Registry;
using SkillMeat.Tests.Objects;
using SkillMeat.Upstream;

namespace SkillMeat.Bench.Benchmarks;

/// <summary>Deploying 600 artifacts into one project and finding drift there, and finding drift in 100 projects of 100 artifacts.</summary>
internal sealed class ProjectsBenchmark : IBenchmark
{
    private const int Projects = 100;
    private const int ArtifactsOfEach = 100;

    // File systems store times in steps; a scan reads files that were written in the last step again.
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);

    public string Name => "projects";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken) =>
        [.. await MeasureOneAsync(context, 600, cancellationToken), .. await MeasureManyAsync(context, cancellationToken)];

    private static async Task<IReadOnlyList<Measure>> MeasureOneAsync(BenchmarkContext context, int artifacts, CancellationToken cancellationToken)
    {
        var (deployed, unchanged, again, full, edited) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var home = await MakeHomeAsync(context, artifacts, cancellationToken);
        for (var i = 0; i <= context.Runs; i++)
        {
            var project = Directory.CreateDirectory(context.Workspace.NewHomePath()).FullName;
            var request = new DeployRequest { All = true, Projects = [project] };
            Verify((await TimeAsync(i, deployed, () => Deployer(home).DeployAsync(request, cancellationToken))).Count(one => one.Status == DeployStatus.Deployed), artifacts);
            Thread.Sleep(Settled);
            Verify((await TimeAsync(i, unchanged, () => Deployer(home).DeployAsync(request, cancellationToken))).Count(one => one.Status == DeployStatus.Unchanged), artifacts);
            Verify(Check(home, project, isFull: false, cancellationToken).Artifacts.Count, 0);
            Verify((await TimeAsync(i, again, () => Task.FromResult(Check(home, project, isFull: false, cancellationToken)))).Artifacts.Count, 0);
            Verify((await TimeAsync(i, full, () => Task.FromResult(Check(home, project, isFull: true, cancellationToken)))).Artifacts.Count, 0);
            foreach (var skill in Directory.EnumerateDirectories(Path.Combine(project, ".claude", "skills")).Take(artifacts / 10)) File.AppendAllText(Path.Combine(skill, "SKILL.md"), "one more line\n");
            Verify((await TimeAsync(i, edited, () => Task.FromResult(Check(home, project, isFull: false, cancellationToken)))).Artifacts.Count(one => one.State == DriftState.Modified), artifacts / 10);
        }

        var what = $"{artifacts.ToString("N0", CultureInfo.InvariantCulture)} artifacts";
        return
        [
            Measure.Milliseconds($"projects: deploy {what}", deployed) with { AtMost = 1000, Note = "one transaction" },
            Measure.Milliseconds($"projects: deploy {what} again", unchanged) with { Note = "nothing changes" },
            Measure.Milliseconds($"projects: drift of {what}, second run", again) with { AtMost = 40 },
            Measure.Milliseconds($"projects: drift of {what}, everything read", full) with { AtMost = 120 },
            Measure.Milliseconds($"projects: drift of {what}, a tenth edited", edited),
        ];
    }

    private static async Task<IReadOnlyList<Measure>> MeasureManyAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var (deployed, again, full) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i <= context.Runs; i++)
        {
            var home = await MakeHomeAsync(context, ArtifactsOfEach, cancellationToken);
            var projects = Enumerable.Range(0, Projects).Select(_ => Directory.CreateDirectory(context.Workspace.NewHomePath()).FullName).ToList();
            await new ProjectRegistry(CollectionStore.Open(home)).RegisterAsync(projects, LockTimeout, cancellationToken: cancellationToken);
            var results = await TimeAsync(i, deployed, () => Deployer(home).DeployAsync(new DeployRequest { All = true, Projects = projects }, cancellationToken));
            Verify(results.Count(one => one.Status == DeployStatus.Deployed), Projects * ArtifactsOfEach);
            Thread.Sleep(Settled);
            Verify(CheckAll(home, isFull: false, cancellationToken), Projects * ArtifactsOfEach);
            Verify(await TimeAsync(i, again, () => Task.FromResult(CheckAll(home, isFull: false, cancellationToken))), Projects * ArtifactsOfEach);
            Verify(await TimeAsync(i, full, () => Task.FromResult(CheckAll(home, isFull: true, cancellationToken))), Projects * ArtifactsOfEach);
            projects.ForEach(project => Directory.Delete(project, recursive: true));
        }

        var what = $"{Projects} projects of {ArtifactsOfEach} artifacts";
        return
        [
            Measure.Milliseconds($"projects: deploy to {what}", deployed) with { Note = "one transaction" },
            Measure.Milliseconds($"projects: drift of {what}, second run", again) with { AtMost = 1000 },
            Measure.Milliseconds($"projects: drift of {what}, everything read", full),
        ];
    }

    private static async Task<string> MakeHomeAsync(BenchmarkContext context, int artifacts, CancellationToken cancellationToken)
    {
        var upstream = context.Workspace.NewHomePath();
        new SampleCollection(upstream, artifacts).Write();
        var home = context.Workspace.NewHomePath();
        await CollectionStore.InitializeAsync(home, LockTimeout, cancellationToken: cancellationToken);
        var store = CollectionStore.Open(home);
        using var session = UpstreamSession.Create(store, new UpstreamSessionOptions { Environment = _ => null });
        var specs = Directory.EnumerateDirectories(Path.Combine(upstream, "skills")).Order(StringComparer.Ordinal).Select(folder => new ArtifactAddition(folder)).ToList();
        var entries = await new ArtifactAdder(store, session).AddAsync(new AddRequest { Artifacts = specs, BaseFolder = upstream }, cancellationToken);
        Verify(entries.Count(entry => entry.Status == AddStatus.Added), artifacts);
        Thread.Sleep(Settled);
        return home;
    }

    // The home is opened anew each time, as a new process does.
    private static ArtifactDeployer Deployer(string home) => new(CollectionStore.Open(home), _ => null);

    private static DriftReport Check(string home, string project, bool isFull, CancellationToken cancellationToken) =>
        new DriftChecker(CollectionStore.Open(home), _ => null).Check(new DriftRequest { Projects = [project], IsFull = isFull }, cancellationToken);

    private static int CheckAll(string home, bool isFull, CancellationToken cancellationToken) => new DriftChecker(CollectionStore.Open(home), _ => null)
        .Check(new DriftRequest { AllProjects = true, IsFull = isFull, IncludeInSync = true }, cancellationToken).Artifacts.Count(one => one.State == DriftState.InSync);

    private static async Task<T> TimeAsync<T>(int run, List<double> times, Func<Task<T>> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await work();
        if (run > 0) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return result;
    }

    private static void Verify(int count, int expected)
    {
        if (count != expected) throw new InvalidOperationException($"{count} of {expected} artifacts were dealt with.");
    }
}
