using SkillMeat.Collections;

namespace SkillMeat.Cache.Background.Watching;

/// <summary>
/// Notices changes of manifests and lock files by others. It watches the folder of the collections and the folder of each collection, but not the artifacts in them: with 10,000 of those, that takes a second and
/// 20,000 of the system's watches. Where the system cannot watch, <see cref="MustPoll"/> says so.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class HomeWatcher : IDisposable
{
    /// <summary>The most folders that are watched. Each one costs a thread.</summary>
    public const int MostFolders = 16;

    private readonly object _gate = new();
    private readonly HomeLayout _layout;
    private readonly Func<string, FileSystemWatcher> _create;
    private readonly Action<string> _report;
    private readonly Debounce _debounce;
    private readonly Dictionary<string, FileSystemWatcher> _watchers = new(StringComparer.Ordinal);
    private bool _hasReported;
    private bool _isDisposed;

    /// <param name="layout">The home.</param>
    /// <param name="time">The clock.</param>
    /// <param name="changed">Called when files changed, after a quiet moment. From any thread; it must not throw.</param>
    /// <param name="report">Called with a one-line message when the system cannot watch.</param>
    /// <param name="create">Creates the watcher of a folder; null for the system's.</param>
    public HomeWatcher(HomeLayout layout, TimeProvider time, Action changed, Action<string> report, Func<string, FileSystemWatcher>? create = null)
    {
        _layout = layout;
        _report = report;
        _create = create ?? (folder => new FileSystemWatcher(folder));
        _debounce = new Debounce(time, changed);
    }

    /// <summary>Whether some folders cannot be watched, so that stamps must be looked at.</summary>
    public bool MustPoll { get; private set; }

    /// <summary>The number of watched folders.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _watchers.Count;
        }
    }

    /// <summary>Begins to watch anew, with the collections that there are now. What changed before is not noticed, so look at the files afterwards.</summary>
    public void Renew()
    {
        lock (_gate)
        {
            Stop();
            Follow();
        }
    }

    /// <summary>Begins to watch the collections that are new, and ends watching those that are gone.</summary>
    public void Follow()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            MustPoll = false;
            try
            {
                var folders = FindFolders();
                foreach (var gone in _watchers.Keys.Where(folder => !folders.Contains(folder)).ToList()) Stop(gone);
                MustPoll |= folders.Count > MostFolders || folders.Count == 0;
                foreach (var folder in folders.Take(MostFolders).Where(folder => !_watchers.ContainsKey(folder))) Watch(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                CannotWatch(e);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Stop();
        }

        _debounce.Dispose();
    }

    private List<string> FindFolders()
    {
        if (!Directory.Exists(_layout.CollectionsFolder)) return [];
        // A folder that is a collection only later is noticed when its manifest comes, so all are watched.
        return [_layout.CollectionsFolder, .. Directory.EnumerateDirectories(_layout.CollectionsFolder).Order(StringComparer.Ordinal)];
    }

    private void Watch(string folder)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = _create(folder);
            watcher.NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size;
            watcher.Changed += (_, e) => Noticed(e.Name);
            watcher.Created += (_, e) => Noticed(e.Name, folder);
            watcher.Deleted += (_, e) => Noticed(e.Name, folder);
            watcher.Renamed += (_, e) =>
            {
                Noticed(e.OldName, folder);
                Noticed(e.Name, folder);
            };
            watcher.Error += (_, e) => Lost(folder, e.GetException());
            watcher.EnableRaisingEvents = true;
            _watchers.Add(folder, watcher);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException)
        {
            watcher?.Dispose();
            // It may be gone by now. Otherwise the system has a limit, or its file system cannot be watched.
            if (Directory.Exists(folder)) CannotWatch(e);
        }
    }

    /// <summary>Passes on an event.</summary>
    /// <param name="name">The name of the file or folder.</param>
    /// <param name="folder">The folder in which an entry came or went; null if it only changed.</param>
    private void Noticed(string? name, string? folder = null)
    {
        // Another folder may have come in the place of a collection's, which is another one to watch. Disposing here would wait for this thread.
        if (folder == _layout.CollectionsFolder && name is not null) Forget(Path.Combine(folder, name));
        if (folder == _layout.CollectionsFolder || name is null or HomeLayout.ManifestName or HomeLayout.LockFileName) _debounce.Signal();
    }

    // Too many events at once, or the folder is gone: everything is looked at, and watched anew.
    private void Lost(string folder, Exception error)
    {
        Forget(folder);
        if (error is not InternalBufferOverflowException && Directory.Exists(folder))
        {
            lock (_gate) CannotWatch(error);
        }

        _debounce.Signal();
    }

    private void Forget(string folder)
    {
        FileSystemWatcher? watcher;
        lock (_gate)
        {
            if (!_watchers.Remove(folder, out watcher)) return;
        }

        ThreadPool.QueueUserWorkItem(static one => one.Dispose(), watcher, preferLocal: false);
    }

    private void Stop(string folder)
    {
        if (_watchers.Remove(folder, out var watcher)) watcher.Dispose();
    }

    private void Stop()
    {
        foreach (var watcher in _watchers.Values) watcher.Dispose();
        _watchers.Clear();
    }

    private void CannotWatch(Exception e)
    {
        MustPoll = true;
        if (_hasReported) return;
        _hasReported = true;
        _report($"The system cannot watch the collections ({VisibleText.Line(e.Message)}). Their manifests are looked at every few seconds instead.");
    }
}
