using System.Collections.Concurrent;
using SkillMeat.Cache;
using SkillMeat.Cache.Background;
using SkillMeat.Cache.Database;
using SkillMeat.Collections;
using SkillMeat.Tests.Support;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Cache.Background;

/// <summary>A home with services whose clock the test moves.</summary>
internal sealed class BackgroundScene : IAsyncDisposable
{
    private readonly List<BackgroundRefresh> _services = [];

    public BackgroundScene(int skills = 2, TestHome? home = null, Func<string, string?>? environment = null)
    {
        Place = home ?? TestHome.WithSkills(skills);
        Environment = environment ?? (_ => null);
        // The files were written just now by the system's clock, and must be older than the test's.
        Time = new ManualTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1));
    }

    public TestHome Place { get; }

    public ManualTimeProvider Time { get; }

    public Func<string, string?> Environment { get; set; }

    public ConcurrentQueue<BackgroundRefreshRun> Runs { get; } = [];

    public ConcurrentQueue<string> Reports { get; } = [];

    public IEnumerable<BackgroundRefreshRun> TimedRuns => Runs.Where(run => run.Trigger == BackgroundRefreshTrigger.Time);

    public BackgroundRefreshOptions Options => new()
    {
        Environment = name => Environment(name),
        Upstream = new UpstreamSessionOptions { Environment = name => Environment(name) },
        Report = Reports.Enqueue,
        Ran = Runs.Enqueue,
    };

    public BackgroundRefresh Start(TimeSpan? interval = null)
    {
        var service = BackgroundRefresh.Start(CollectionStore.Open(Place.Home, Time), Options with { Interval = interval });
        _services.Add(service);
        return service;
    }

    /// <summary>Waits for the system's clock: for work that needs no time of the test's.</summary>
    public static async Task UntilAsync(Func<bool> isReached)
    {
        for (var left = 2_000; !isReached(); left--)
        {
            Assert.True(left > 0, "It did not happen in time.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Moves the clock in steps until something is reached, or by a time at most. On a slow machine, what is due by then can come a moment later.</summary>
    public async Task AdvanceUntilAsync(Func<bool> isReached, TimeSpan? most = null, int stepSeconds = 5)
    {
        var end = Time.GetUtcNow() + (most ?? TimeSpan.FromMinutes(10));
        while (!isReached() && Time.GetUtcNow() < end)
        {
            Time.Advance(TimeSpan.FromSeconds(stepSeconds));
            for (var pause = 0; pause < 5 && !isReached(); pause++) await Task.Delay(4, TestContext.Current.CancellationToken);
        }

        await UntilAsync(isReached);
    }

    /// <summary>Moves the clock by a time, in steps.</summary>
    public async Task AdvanceAsync(TimeSpan by, int stepSeconds = 5)
    {
        for (var passed = TimeSpan.Zero; passed < by; passed += TimeSpan.FromSeconds(stepSeconds))
        {
            Time.Advance(TimeSpan.FromSeconds(stepSeconds));
            await Task.Delay(4, TestContext.Current.CancellationToken);
        }
    }

    public HomeCache OpenCache() => HomeCache.Open(CollectionStore.Open(Place.Home, Time), new HomeCacheOptions { Environment = name => Environment(name), Report = Reports.Enqueue });

    public T InDatabase<T>(Func<CacheConnection, T> work)
    {
        using var cache = OpenCache();
        Assert.True(cache.Database.TryRun(work, out var result));
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services) await service.DisposeAsync();
        Place.Dispose();
    }
}
