using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cache.Background.Watching;

/// <summary>
/// Tells what changes in a home: collections, snapshots, the lists of projects and marketplaces, and what was deployed. Changes of manifests are noticed at once where the system can watch folders, others within a
/// second.
/// </summary>
/// <remarks>Thread-safe. Dispose it to stop.</remarks>
public sealed class HomeChanges : IDisposable
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly CollectionStore _store;
    private readonly Action<HomeChange> _changed;
    private readonly CheckStamps? _checks;
    private readonly HomeWatcher _watcher;
    private readonly ITimer _timer;
    private HomeStamps? _stamps;
    private bool _isDisposed;

    private HomeChanges(CollectionStore store, HomeCache? cache, Action<HomeChange> changed, Action<string> report)
    {
        _store = store;
        _checks = cache is null ? null : new CheckStamps(cache);
        _changed = changed;
        _stamps = TryRead();
        _watcher = new HomeWatcher(store.Layout, store.Time, Look, report);
        _watcher.Renew();
        _timer = store.Time.CreateTimer(_ => Look(), state: null, _period, _period);
    }

    /// <summary>Begins to watch a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="changed">Called with each change, from any thread, one after another. It must not throw.</param>
    /// <param name="report">Called with a one-line message when the system cannot watch the folders.</param>
    /// <returns>The watch, which lasts until it is disposed.</returns>
    public static HomeChanges Watch(CollectionStore store, Action<HomeChange> changed, Action<string> report) => new(store, cache: null, changed, report);

    /// <summary>Begins to watch a home, and what update checks find for it, by whatever program: a check is a change of its collection.</summary>
    /// <param name="cache">The cache of the home, which must stay open for as long as the watch.</param>
    /// <param name="changed">Called with each change, from any thread, one after another. It must not throw.</param>
    /// <param name="report">Called with a one-line message when the system cannot watch the folders.</param>
    /// <returns>The watch, which lasts until it is disposed.</returns>
    public static HomeChanges Watch(HomeCache cache, Action<HomeChange> changed, Action<string> report) => new(cache.Store, cache, changed, report);

    /// <summary>Looks for changes now, after a change by this program.</summary>
    public void Look()
    {
        lock (_gate)
        {
            if (_isDisposed || TryRead() is not { } now) return;
            var change = _stamps is null ? null : now.CompareTo(_stamps);
            _stamps = now;
            if (change is null) return;
            _changed(change);
        }

        // A collection may have come or gone.
        _watcher.Follow();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) _isDisposed = true;
        _timer.Dispose();
        _watcher.Dispose();
    }

    // Null if the home cannot be read now. The next look may succeed.
    private HomeStamps? TryRead()
    {
        try
        {
            return HomeStamps.Read(_store, _checks?.Read());
        }
        catch (Exception e) when (e is SkillMeatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
