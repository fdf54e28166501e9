using SkillMeat.Cache;
using SkillMeat.Cache.Deployments;
using SkillMeat.Cache.Lists;
using SkillMeat.Cache.Reading;
using SkillMeat.Collections;
using SkillMeat.Projects.Registry;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Background;
using SkillMeat.Server.Events;
using SkillMeat.Server.Jobs;
using SkillMeat.Server.Metrics;
using SkillMeat.Server.Page;
using SkillMeat.Server.Projects;
using SkillMeat.Upstream;

namespace SkillMeat.Server.Hosting;

/// <summary>The home that is served, with everything that requests share. Thread-safe.</summary>
internal sealed class ServedHome : IDisposable
{
    // Memory goes back within a minute of the last question, and once more later, because shared buffers are kept for a minute.
    private const int QuietLooks = 3;
    private const int MostQuietLooks = 2 * QuietLooks;

    private static readonly TimeSpan _look = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _unused = QuietLooks * _look;

    private readonly CancellationTokenSource _stopping = new();
    private readonly ITimer _timer;
    private int _isUsed;
    private int _quiet = MostQuietLooks;

    public ServedHome(CollectionStore store, ServerOptions options, ServiceLog log)
    {
        Store = store;
        Options = options;
        Log = log;
        Time = options.Time;
        StartedAt = Time.GetUtcNow();
        Metrics = new ServiceMetrics();
        Prometheus = new PrometheusText(Metrics);
        Cache = HomeCache.Open(store, new HomeCacheOptions { Environment = options.Environment, Report = log.Warn });
        Collections = new CollectionMemory(Cache);
        Contents = new ContentMemory(store);
        Artifacts = new ArtifactOverview(Cache, options.Environment);
        Deployments = new DeploymentOverview(Cache, options.Environment);
        Projects = new ProjectAddress(new ProjectRegistry(store, options.Environment));
        Jobs = new JobBoard(Time, log, Metrics);
        Events = new EventHub(Cache, log, () =>
        {
            Artifacts.ForgetDeployments();
            Deployments.Forget();
        });
        Edits = new EditGate(options.LockTimeout);
        Refresh = new ServedRefresh(this);
        Connections = new OpenConnections(KestrelSetup.MostConnections, Time);
        _timer = Time.CreateTimer(_ => Tidy(), state: null, _look, _look);
    }

    public CollectionStore Store { get; }

    public ServerOptions Options { get; }

    public ServiceLog Log { get; }

    public TimeProvider Time { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>The cache, which stays open.</summary>
    public HomeCache Cache { get; }

    /// <summary>Reads collections, and keeps them as long as their files do not change.</summary>
    public CollectionMemory Collections { get; }

    /// <summary>Tells the contents of artifacts apart.</summary>
    public ContentMemory Contents { get; }

    /// <summary>Lists artifacts.</summary>
    public ArtifactOverview Artifacts { get; }

    /// <summary>Lists deployments.</summary>
    public DeploymentOverview Deployments { get; }

    /// <summary>Finds projects by what requests call them.</summary>
    public ProjectAddress Projects { get; }

    /// <summary>The folder from which relative paths start: the one in which the service was started.</summary>
    public string BaseFolder { get; } = Directory.GetCurrentDirectory();

    public JobBoard Jobs { get; }

    public EventHub Events { get; }

    public EditGate Edits { get; }

    /// <summary>Lets requests end the service, and sign browsers in.</summary>
    public ServiceControl Control { get; } = new();

    public ServedRefresh Refresh { get; }

    public OpenConnections Connections { get; }

    public PageFiles Page { get; } = new();

    public ServiceMetrics Metrics { get; }

    public PrometheusText Prometheus { get; }

    /// <summary>Cancelled when the service begins to stop.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public TimeSpan LockTimeout => Options.LockTimeout;

    /// <summary>Opens a connection to upstream, for one job.</summary>
    public UpstreamSession OpenUpstream() => UpstreamSession.Create(Store, Options.Upstream with { Environment = Options.Environment });

    /// <summary>Says that the service works, for somebody or in the background, so that there will be memory to give back.</summary>
    public void Touch() => Interlocked.Exchange(ref _isUsed, 1);

    /// <summary>Tells about a change in projects, whose files are not watched.</summary>
    public void DeploymentsChanged()
    {
        Artifacts.ForgetDeployments();
        Deployments.Forget();
        Events.Look();
        Events.Publish(["projects"], []);
    }

    public void BeginStop() => _stopping.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        Jobs.Dispose();
        Events.Dispose();
        Cache.Dispose();
        Prometheus.Dispose();
        Metrics.Dispose();
        Control.Dispose();
        _stopping.Dispose();
    }

    // When nobody asked anything for a while, the memory that the questions needed goes back to the system.
    private void Tidy()
    {
        Collections.Forget(_unused);
        if (Interlocked.Exchange(ref _isUsed, 0) != 0)
        {
            _quiet = 0;
            return;
        }

        if (_quiet >= MostQuietLooks || ++_quiet % QuietLooks != 0) return;
        Contents.Forget();
        Deployments.Forget();
        Cache.ReleaseMemory();
        UnusedMemory.GiveBack();
    }
}
