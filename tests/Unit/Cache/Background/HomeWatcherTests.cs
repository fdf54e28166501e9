using System.Collections.Concurrent;
using SkillMeat.Cache.Background.Watching;
using SkillMeat.Collections;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cache.Background;

/// <summary>Changes of manifests and lock files are noticed, once for many events, whatever the system's limits are.</summary>
public sealed class HomeWatcherTests : IDisposable
{
    private readonly TestHome _home = TestHome.WithSkills(1);
    private readonly ManualTimeProvider _time = new();
    private readonly ConcurrentQueue<string> _reports = [];
    private int _changes;

    [Fact]
    public void Signals_become_one_call_after_a_quiet_moment()
    {
        using var debounce = new Debounce(_time, Changed);
        for (var i = 0; i < 5; i++)
        {
            debounce.Signal();
            _time.Advance(TimeSpan.FromMilliseconds(290));
        }

        Assert.Equal(0, _changes);
        _time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Equal(1, _changes);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, _changes);
    }

    [Fact]
    public void Signals_that_go_on_are_passed_on_every_two_seconds()
    {
        using var debounce = new Debounce(_time, Changed);
        for (var i = 0; i < 100; i++)
        {
            debounce.Signal();
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(_changes, 4, 5);
    }

    [Fact]
    public async Task Manifest_and_lock_file_are_watched_and_other_files_are_not()
    {
        using var watcher = Watch();
        File.WriteAllText(_home.At("collections", "default", "notes.txt"), "x");
        File.WriteAllText(_home.At("collections", "default", "skills", "a1", "SKILL.md"), "x");
        await Task.Delay(200, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(0, _changes);

        foreach (var (change, number) in new Action[]
        {
            () => File.AppendAllText(_home.Manifest, "# x\n"),
            () => File.WriteAllText(_home.LockFile, "[lock]\n"),
            // As every careful program writes it.
            () =>
            {
                File.WriteAllText($"{_home.Manifest}.new", File.ReadAllText(_home.Manifest));
                File.Move($"{_home.Manifest}.new", _home.Manifest, overwrite: true);
            },
            () => File.Delete(_home.LockFile),
        }.Select((change, index) => (change, index + 1)))
        {
            change();
            await NoticedAsync(number);
        }
    }

    [Fact]
    public async Task Collections_come_go_and_change_their_names()
    {
        using var watcher = Watch();
        Assert.Equal(2, watcher.Count);
        _home.Write(_home.At("collections", "other", "collection.toml"), "[collection]\nname = \"other\"\n");
        await NoticedAsync(1);
        watcher.Follow();
        Assert.Equal(3, watcher.Count);
        _home.Write(_home.At("collections", "other", "collection.toml"), "[collection]\nname = \"changed\"\n");
        await NoticedAsync(2);

        Directory.Move(_home.At("collections", "other"), _home.At("collections", "third"));
        await NoticedAsync(3);
        watcher.Follow();
        _home.Write(_home.At("collections", "third", "collection.toml"), "[collection]\nname = \"third\"\n");
        await NoticedAsync(4);
        Directory.Delete(_home.At("collections", "third"), recursive: true);
        await NoticedAsync(5);
        watcher.Follow();
        Assert.Equal(2, watcher.Count);
        Assert.Empty(_reports);
        Assert.False(watcher.MustPoll);
    }

    [Fact]
    public async Task A_collection_that_another_one_replaces_is_watched()
    {
        using var watcher = Watch();
        Directory.Move(_home.At("collections", "default"), Path.Combine(_home.Place, "old"));
        _home.Write(_home.Manifest, "[collection]\nname = \"default\"\n");
        await NoticedAsync(1);
        watcher.Follow();
        await Task.Delay(100, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(3));
        var before = _changes;

        File.AppendAllText(_home.Manifest, "# x\n");
        await NoticedAsync(before + 1);
    }

    [Fact]
    public async Task Too_many_events_mean_that_everything_is_looked_at_and_watched_anew()
    {
        var made = new ConcurrentQueue<OverflowingWatcher>();
        using var watcher = Watch(folder =>
        {
            var one = new OverflowingWatcher(folder);
            made.Enqueue(one);
            return one;
        });
        made.Last().Fail(new InternalBufferOverflowException("too many"));
        await NoticedAsync(1);
        Assert.Equal(1, watcher.Count);
        watcher.Follow();
        Assert.Equal((2, 3), (watcher.Count, made.Count));
        Assert.Empty(_reports);

        File.AppendAllText(_home.Manifest, "# x\n");
        await NoticedAsync(2);
    }

    [Fact]
    public void Limits_of_the_system_are_reported_once_and_stamps_are_polled()
    {
        using var watcher = Watch(_ => throw new IOException("The configured user limit (8192) on the number of inotify watches has been reached."));
        watcher.Renew();
        watcher.Follow();

        Assert.True(watcher.MustPoll);
        Assert.Equal(0, watcher.Count);
        Assert.Contains("8192", Assert.Single(_reports), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_collections_are_polled_beyond_a_number()
    {
        for (var i = 0; i < 30; i++) _home.Write(_home.At("collections", $"c{i}", "collection.toml"), "[collection]\n");
        using var watcher = Watch();

        Assert.Equal(HomeWatcher.MostFolders, watcher.Count);
        Assert.True(watcher.MustPoll);
        Assert.Empty(_reports);
    }

    [Fact]
    public void A_home_without_collections_is_polled()
    {
        Directory.Delete(_home.At("collections"), recursive: true);
        using var watcher = Watch();

        Assert.True(watcher.MustPoll);
    }

    [Fact]
    public async Task Nothing_is_left_of_it()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Counts open files as Linux does.");
        using var watcher = Watch();
        for (var i = 0; i < 50; i++) watcher.Renew();
        Assert.Equal(2, watcher.Count);
        watcher.Dispose();
        watcher.Follow();

        Assert.Equal(0, watcher.Count);
        File.AppendAllText(_home.Manifest, "# x\n");
        await Task.Delay(100, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(0, _changes);
    }

    public void Dispose() => _home.Dispose();

    private HomeWatcher Watch(Func<string, FileSystemWatcher>? create = null)
    {
        var watcher = new HomeWatcher(new HomeLayout(_home.Home), _time, Changed, _reports.Enqueue, create);
        watcher.Renew();
        return watcher;
    }

    private void Changed() => Interlocked.Increment(ref _changes);

    private async Task NoticedAsync(int changes)
    {
        for (var left = 1_000; Volatile.Read(ref _changes) < changes; left--)
        {
            Assert.True(left > 0, $"{_changes} changes were noticed, not {changes}.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
            // All events of the change come before the quiet moment ends.
            if (left % 20 == 0) _time.Advance(Debounce.Quiet);
        }

        await Task.Delay(50, TestContext.Current.CancellationToken);
        _time.Advance(Debounce.Most);
        Volatile.Write(ref _changes, changes);
    }

    private sealed class OverflowingWatcher(string folder) : FileSystemWatcher(folder)
    {
        public void Fail(Exception error) => OnError(new ErrorEventArgs(error));
    }
}
