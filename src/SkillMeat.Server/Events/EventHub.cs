using System.Threading.Channels;
using SkillMeat.Cache;
using SkillMeat.Cache.Background.Watching;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;

namespace SkillMeat.Server.Events;

/// <summary>Tells open pages what changed in the home: by this service, by other programs, by an editor. Watches only as long as somebody listens.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EventHub(HomeCache cache, ServiceLog log, Action forget) : IDisposable
{
    private const int MostWaiting = 64;

    private readonly object _gate = new();
    private readonly HashSet<Channel<HomeChangedJson>> _listeners = [];
    private HomeChanges? _changes;

    public int Listeners
    {
        get
        {
            lock (_gate) return _listeners.Count;
        }
    }

    /// <summary>Begins to listen.</summary>
    public Channel<HomeChangedJson> Listen()
    {
        // A slow listener misses old events, not the newest ones: it reads everything again in any case.
        var channel = Channel.CreateBounded<HomeChangedJson>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            _listeners.Add(channel);
            _changes ??= HomeChanges.Watch(cache, Tell, log.Warn);
        }

        return channel;
    }

    /// <summary>Ends listening.</summary>
    public void Leave(Channel<HomeChangedJson> channel)
    {
        HomeChanges? unused = null;
        lock (_gate)
        {
            _listeners.Remove(channel);
            if (_listeners.Count == 0) (unused, _changes) = (_changes, null);
        }

        unused?.Dispose();
    }

    /// <summary>Looks at once for what a request changed in the files of the home.</summary>
    public void Look()
    {
        HomeChanges? changes;
        lock (_gate) changes = _changes;
        changes?.Look();
    }

    /// <summary>Tells about a change that the files of the home do not show, such as what a check found upstream.</summary>
    public void Publish(IEnumerable<string> kinds, IEnumerable<string> collections) => Publish(new HomeChangedJson([.. kinds], [.. collections], All: false));

    /// <inheritdoc/>
    public void Dispose()
    {
        HomeChanges? changes;
        lock (_gate) (changes, _changes) = (_changes, null);
        changes?.Dispose();
    }

    private void Tell(HomeChange change)
    {
        // Those who hear of it ask at once, and what was remembered before is too old for them.
        forget();
        Publish(new HomeChangedJson([.. change.Kinds], [.. change.Collections], change.All));
    }

    private void Publish(HomeChangedJson change)
    {
        Channel<HomeChangedJson>[] listeners;
        lock (_gate) listeners = [.. _listeners];
        foreach (var listener in listeners) listener.Writer.TryWrite(change);
    }
}
