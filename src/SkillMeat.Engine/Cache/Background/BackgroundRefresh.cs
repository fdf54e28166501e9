using System.Globalization;
using SkillMeat.Cache.Database;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cache.Background;

/// <summary>
/// Refreshes the cache of a home in the background: at intervals, what has expired; and at once, what other programs changed in the home. It changes no collection and no project.
/// </summary>
/// <remarks>
/// Thread-safe. Of several services for the same home, in whatever processes, one works and the others wait to take its place. Dispose it to stop it; a request in progress is cancelled.
/// </remarks>
public sealed class BackgroundRefresh : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan _longestDispose = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _longestStop = TimeSpan.FromSeconds(10);

    private readonly HomeCache _cache;
    private readonly StatusBoard _board;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    private BackgroundRefresh(HomeCache cache, bool ownsCache, StatusBoard board, RefreshLoop loop)
    {
        _cache = cache;
        _board = board;
        // The end disposes the cache, whoever waits for it or does not.
        _work = Task.Run(async () =>
        {
            using (ownsCache ? cache : null) await loop.RunAsync(_stop.Token).ConfigureAwait(false);
        });
    }

    /// <summary>The full path of the home.</summary>
    public string Home => _cache.Store.Home;

    /// <summary>The current status.</summary>
    public BackgroundRefreshStatus Status => _board.Current;

    /// <summary>A task that completes when the service has stopped. It never fails.</summary>
    public Task Completion => _work;

    /// <summary>Starts a service. Its first run begins at once.</summary>
    /// <param name="store">The home.</param>
    /// <param name="options">The options.</param>
    /// <returns>The service, which runs until it is disposed.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the interval is not valid, or the cache is switched off, so that there is nothing to refresh.</exception>
    public static BackgroundRefresh Start(CollectionStore store, BackgroundRefreshOptions options)
    {
        var interval = FindInterval(options);
        return Start(Open(store, options), ownsCache: true, options, interval);
    }

    /// <summary>Starts a service in a program that has the cache of the home open. Its first run begins at once.</summary>
    /// <param name="cache">The cache of the home, which must be there for as long as the service. Its own options say where it is, and to whom it reports.</param>
    /// <param name="options">The options.</param>
    /// <returns>The service, which runs until it is disposed.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the interval is not valid, or the cache is switched off, so that there is nothing to refresh.</exception>
    public static BackgroundRefresh Start(HomeCache cache, BackgroundRefreshOptions options)
    {
        var interval = FindInterval(options);
        return Start(IsOn(cache) ? cache : throw SwitchedOff(), ownsCache: false, options, interval);
    }

    private static BackgroundRefresh Start(HomeCache cache, bool ownsCache, BackgroundRefreshOptions options, TimeSpan interval)
    {
        var store = cache.Store;
        var board = new StatusBoard(new BackgroundRefreshStatus
        {
            Home = store.Home,
            State = BackgroundRefreshState.Running,
            Interval = interval,
            Started = store.Time.GetUtcNow(),
            ProcessId = Environment.ProcessId,
            Machine = Environment.MachineName,
        });
        var lease = new RefreshLease(cache.Database, store.Time, store.Random.NextInt64());
        var runner = new RefreshRunner(RefreshTasks.Of(cache, options, interval), store.Time);
        return new BackgroundRefresh(cache, ownsCache, board, new RefreshLoop(cache, lease, runner, new RefreshSchedule(interval, store.Random), board, options));
    }

    /// <summary>Refreshes once what has expired.</summary>
    /// <param name="store">The home.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the run, down to the request in progress.</param>
    /// <returns>The result, or null if another process refreshes the home, as was reported.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: as for <see cref="Start(CollectionStore, BackgroundRefreshOptions)"/>. <see cref="ErrorIds.StorageFailed"/>: the cache cannot be written.</exception>
    public static async Task<BackgroundRefreshRun?> RunOnceAsync(CollectionStore store, BackgroundRefreshOptions options, CancellationToken cancellationToken = default)
    {
        var interval = FindInterval(options);
        using var cache = Open(store, options);
        return await new SingleRefresh(cache, new RefreshLease(cache.Database, store.Time, store.Random.NextInt64()), options, interval).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the status of a home's background refresh, in whatever process it runs or ran last.</summary>
    /// <param name="cache">The cache of the home.</param>
    /// <returns>The status.</returns>
    /// <remarks>Does not create a cache.</remarks>
    public static BackgroundRefreshStatus ReadStatus(HomeCache cache) => cache.Database.CurrentFile is { } file && File.Exists(file.Path)
        ? cache.Database.Run(connection => StatusRow.Read(connection, cache.Store.Home, cache.Store.Time.GetUtcNow()))
        : new BackgroundRefreshStatus { Home = cache.Store.Home };

    /// <summary>Stops the service: cancels what it does, and gives its place to another process.</summary>
    /// <returns>A task that completes when it has stopped, or after ten seconds: a disk that does not answer cannot be cancelled.</returns>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.WaitAsync(_longestStop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    /// <summary>Stops the service, and waits for its end for at most two seconds.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        ((IAsyncResult)_work).AsyncWaitHandle.WaitOne(_longestDispose);
    }

    private static TimeSpan FindInterval(BackgroundRefreshOptions options)
    {
        if (options.Interval is not { } asked) return RefreshInterval.Find(options.Environment);
        return asked.TotalSeconds is >= RefreshInterval.LeastSeconds and <= RefreshInterval.MostSeconds
            ? asked
            : throw new SkillMeatException(ErrorIds.InvalidArgument, string.Create(CultureInfo.InvariantCulture, $"The interval is {asked.TotalSeconds} seconds. It can be from 1 second to 7 days."));
    }

    private static HomeCache Open(CollectionStore store, BackgroundRefreshOptions options)
    {
        var cache = HomeCache.Open(store, new HomeCacheOptions { Environment = options.Environment, Report = options.Report });
        if (IsOn(cache)) return cache;
        cache.Dispose();
        throw SwitchedOff();
    }

    private static bool IsOn(HomeCache cache) => cache.Database.CurrentFile is not null;

    private static SkillMeatException SwitchedOff() =>
        new(ErrorIds.InvalidArgument, $"The cache is switched off ({CacheLocation.EnvironmentVariable}={CacheLocation.Off}), so there is nothing to refresh in the background. Unset the variable first.");
}
