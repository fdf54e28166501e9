using System.Globalization;
using SkillMeat.Additions;
using SkillMeat.Cache;
using SkillMeat.Cache.Background;
using SkillMeat.Cache.Deployments;
using SkillMeat.Cache.Search;
using SkillMeat.Cache.Stale;
using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Registry;
using SkillMeat.Removals;
using SkillMeat.Updates;
using SkillMeat.Upstream;

namespace SkillMeat.Bench.Trace;

/// <summary>The home in which a trace is played: artifacts of a folder, deployed in projects. Each operation opens everything anew, as a process does.</summary>
internal sealed class TraceHome(string folder, TraceClock clock)
{
    private const int Artifacts = 1_200;
    private const int Projects = 12;
    private const int ArtifactsOfProject = 60;

    // File systems store times in steps; what was written in the last step is looked at again.
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);
    private static readonly string[] Topics = ["invoice", "report", "summary", "table", "form", "pdf"];

    private string Home => Path.Combine(folder, "home");

    private string Upstream => Path.Combine(folder, "upstream");

    private string Collection => Path.Combine(Home, "collections", "default");

    /// <summary>Makes the home.</summary>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        await CollectionStore.InitializeAsync(Home, LockTimeout, cancellationToken: cancellationToken);
        await AddAsync(Enumerable.Range(0, Artifacts), cancellationToken);
        var projects = Enumerable.Range(0, Projects).Select(number => Directory.CreateDirectory(ProjectOf(number)).FullName).ToList();
        await new ProjectRegistry(Open()).RegisterAsync(projects, LockTimeout, cancellationToken: cancellationToken);
        for (var number = 0; number < Projects; number++) await DeployAsync(number, Enumerable.Range(number * Artifacts / Projects, ArtifactsOfProject), cancellationToken);
        Thread.Sleep(Settled);
    }

    /// <summary>Does an operation.</summary>
    /// <returns>The number of results, or null for an operation that is not a question.</returns>
    public async Task<int?> DoAsync(TraceLine line, CancellationToken cancellationToken)
    {
        switch (line.Operation)
        {
            case "list":
                return Open().Read().Artifacts.Count;
            case "show":
                return Open().Read().FindOne(NameOf(Numbers(line)[0])).Tags.Count;
            case "search":
                return Ask(cache => new ArtifactSearch(cache, _ => null).Search(new ArtifactSearchRequest { Text = line.Argument, MaxTextAge = TimeSpan.Zero }).Total);
            case "stale":
                return Ask(cache => new StaleArtifacts(cache, _ => null).Find(new StaleQuery(), cancellationToken).Artifacts.Count);
            case "deployments":
                var projects = line.Argument.Length == 0 ? [] : new[] { NamePattern.Simple($"app-{line.Argument}") };
                return Ask(cache => new DeploymentOverview(cache, _ => null).Find(new DeploymentQuery { Projects = projects }, cancellationToken).Deployments.Count);
            case "deploy":
                await DeployAsync(Numbers(line)[0], [Numbers(line)[1]], cancellationToken);
                break;
            case "add":
                await AddAsync([Numbers(line)[0]], cancellationToken);
                break;
            case "remove":
                await new ArtifactRemover(Open()).RemoveAsync(new RemoveRequest { Artifacts = [NameOf(Numbers(line)[0])] }, cancellationToken);
                break;
            case "update":
                await UpdateAsync(NameOf(Numbers(line)[0]), cancellationToken);
                break;
            case "upstream":
                Append(Upstream, NameOf(Numbers(line)[0]));
                break;
            case "edit-artifact":
                Append(Collection, NameOf(Numbers(line)[0]));
                break;
            case "edit-copy":
                Append(Path.Combine(ProjectOf(Numbers(line)[0]), ".claude"), NameOf(Numbers(line)[1]));
                break;
            case "edit-manifest":
                EditManifest(NameOf(Numbers(line)[0]));
                break;
            default:
                throw new InvalidOperationException($"'{line.Operation}' is not an operation of a trace.");
        }

        Thread.Sleep(Settled);
        return null;
    }

    /// <summary>Refreshes in the background once, as <c>skm watch</c> does at its interval.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var options = new BackgroundRefreshOptions { Environment = _ => null, Upstream = new UpstreamSessionOptions { Environment = _ => null } };
        if (await BackgroundRefresh.RunOnceAsync(Open(), options, cancellationToken) is not { Succeeded: true }) throw new InvalidOperationException("A background refresh did not succeed.");
    }

    /// <summary>Reads the status of the cache.</summary>
    public CacheStatus ReadStatus() => Ask(cache => new CacheMaintenance(cache).GetStatus());

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"skill-{number:0000}");

    private static int[] Numbers(TraceLine line) => [.. line.Argument.Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

    private static void Append(string container, string name) => File.AppendAllText(Path.Combine(container, "skills", name, "SKILL.md"), "One more line.\n");

    private string ProjectOf(int number) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"app-{number}"));

    private CollectionStore Open() => CollectionStore.Open(Home, clock);

    private T Ask<T>(Func<HomeCache, T> question)
    {
        using var cache = HomeCache.Open(Open(), new HomeCacheOptions { Environment = _ => null, Report = line => throw new InvalidOperationException(line) });
        return question(cache);
    }

    private void EditManifest(string name)
    {
        var manifest = Path.Combine(Collection, "collection.toml");
        var text = File.ReadAllText(manifest);
        var place = text.IndexOf("description = \"", text.IndexOf($"name = \"{name}\"", StringComparison.Ordinal), StringComparison.Ordinal) + "description = \"".Length;
        File.WriteAllText(manifest, text.Insert(place, "Renamed. "));
    }

    private async Task AddAsync(IEnumerable<int> numbers, CancellationToken cancellationToken)
    {
        var added = numbers.ToList();
        foreach (var number in added) WriteSkill(number);
        using var session = UpstreamSession.Create(Open(), new UpstreamSessionOptions { Environment = _ => null });
        var specs = added.Select(number => new ArtifactAddition(Path.Combine(Upstream, "skills", NameOf(number)))).ToList();
        await new ArtifactAdder(Open(), session).AddAsync(new AddRequest { Artifacts = specs, BaseFolder = Upstream }, cancellationToken);
    }

    private void WriteSkill(int number)
    {
        var skill = Directory.CreateDirectory(Path.Combine(Upstream, "skills", NameOf(number))).FullName;
        var topic = $"{Topics[number % Topics.Length]}{(number % 3 == 0 ? " workflow" : "")}{(number % 20 == 0 ? " spreadsheet" : "")}";
        File.WriteAllText(
            Path.Combine(skill, "SKILL.md"),
            string.Create(CultureInfo.InvariantCulture, $"---\nname: {NameOf(number)}\ndescription: Helps with the {topic} of {number}\nversion: 1.0.{number}\ntags: [t{number % 9}]\n---\nBody of {number} with some more words.\n"));
    }

    private async Task DeployAsync(int project, IEnumerable<int> numbers, CancellationToken cancellationToken) =>
        await new ArtifactDeployer(Open(), _ => null).DeployAsync(new DeployRequest { Artifacts = [.. numbers.Select(NameOf)], Projects = [ProjectOf(project)] }, cancellationToken);

    private async Task UpdateAsync(string name, CancellationToken cancellationToken)
    {
        using var session = UpstreamSession.Create(Open(), new UpstreamSessionOptions { Environment = _ => null });
        await new ArtifactUpdater(Open(), session).UpdateAsync(new UpdateRequest { Filter = ArtifactFilter.Parse([], [name]) }, cancellationToken);
    }
}
