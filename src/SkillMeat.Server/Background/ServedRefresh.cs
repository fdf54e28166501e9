using SkillMeat.Cache;
using SkillMeat.Cache.Background;
using SkillMeat.Server.Hosting;

namespace SkillMeat.Server.Background;

/// <summary>The background refresh that runs with the service, unless it was not wanted or there is no cache. It changes no collection and no project.</summary>
/// <param name="home">The home.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class ServedRefresh(ServedHome home) : IAsyncDisposable
{
    private const string MarketplacesTask = "marketplaces";

    private static readonly TimeSpan _longestStop = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private BackgroundRefresh? _refresh;
    private string? _problem;

    /// <summary>Whether this service refreshes the home, or waits to take the place of another process.</summary>
    public bool IsOn => _refresh is not null;

    /// <summary>The last run of this service that its time had come for; null for none.</summary>
    public BackgroundRefreshRun? Last { get; private set; }

    /// <summary>The status: that of this service if it has the work, else what another process says or left.</summary>
    public BackgroundRefreshStatus Status => _refresh?.Status is { State: not BackgroundRefreshState.Waiting } own ? own : BackgroundRefresh.ReadStatus(home.Cache);

    /// <summary>Begins.</summary>
    public void Start()
    {
        if (!home.Options.Refreshes || new CacheMaintenance(home.Cache).GetStatus().State == CacheState.Off) return;
        _refresh = BackgroundRefresh.Start(home.Cache, new BackgroundRefreshOptions
        {
            Environment = home.Options.Environment,
            Upstream = home.Options.Upstream with { Environment = home.Options.Environment },
            Report = Report,
            Ran = Ran,
        });
    }

    /// <summary>Cancels what it does, down to the request in progress, and gives its place to another process.</summary>
    public async ValueTask DisposeAsync()
    {
        // Work that does not end in time ends with the process: nothing of the user is being written.
        if (_refresh is { } refresh) await refresh.StopAsync().WaitAsync(_longestStop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Report(string line)
    {
        home.Log.Info(line);
        home.Options.ShowStatus(line);
        Tell([]);
    }

    private void Ran(BackgroundRefreshRun run)
    {
        if (run.Trigger == BackgroundRefreshTrigger.Time) Last = run;
        home.Metrics.RefreshEnded(run);
        home.Touch();
        var line = RunText.Of(run);
        home.Options.ShowStatus(line);
        if (home.Options.LogsRequests) home.Log.Info(line);
        Warn(run);
        // A check is a change of its collection, which the watcher of the home finds.
        if (run.Refreshed > 0) home.Events.Look();
        Tell(run.Tasks.Any(task => task is { Task: MarketplacesTask, Refreshed: > 0 }) ? ["marketplaces"] : []);
    }

    // A network that is away fails every run, and is said once.
    private void Warn(BackgroundRefreshRun run)
    {
        if (run.Trigger != BackgroundRefreshTrigger.Time) return;
        var problem = run.Problems.Count > 0 ? run.Problems[0] : null;
        lock (_gate)
        {
            if (problem == _problem) return;
            if (problem is not null && _problem is null) home.Log.Warn($"The background refresh could not do everything: {problem}");
            else if (problem is null) home.Log.Info("The background refresh succeeds again.");
            _problem = problem;
        }
    }

    private void Tell(IEnumerable<string> kinds) => home.Events.Publish(["background", .. kinds], []);
}
