using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace SkillMeat.Server.Hosting;

/// <summary>The open connections, of which there is a largest number. When it is reached, a new one takes the place of the one that has been idle for longest, so that idle ones lock nobody out.</summary>
/// <param name="most">The largest number.</param>
/// <param name="time">The clock.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class OpenConnections(int most, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public int Count => _entries.Count;

    /// <summary>Runs a connection to its end.</summary>
    public async Task RunAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        if (_entries.Count >= most && !TryCloseIdle())
        {
            connection.Abort();
            return;
        }

        _entries[connection.ConnectionId] = new Entry(connection, time.GetTimestamp());
        try
        {
            await next(connection);
        }
        finally
        {
            _entries.TryRemove(connection.ConnectionId, out _);
        }
    }

    /// <summary>Says that a request of a connection begins.</summary>
    public void Begin(string connection)
    {
        if (_entries.TryGetValue(connection, out var entry)) entry.Change(1, time.GetTimestamp());
    }

    /// <summary>Says that a request of a connection has ended.</summary>
    public void End(string connection)
    {
        if (_entries.TryGetValue(connection, out var entry)) entry.Change(-1, time.GetTimestamp());
    }

    private bool TryCloseIdle()
    {
        while (_entries.Where(one => one.Value.IsIdle).OrderBy(one => one.Value.Used).Select(one => one.Key).FirstOrDefault() is { } oldest)
        {
            if (!_entries.TryRemove(oldest, out var entry)) continue;
            entry.Connection.Abort();
            return true;
        }

        return false;
    }

    private sealed class Entry(ConnectionContext connection, long used)
    {
        private int _requests;
        private long _used = used;

        public ConnectionContext Connection => connection;

        /// <summary>Whether no request is answered now. One that is still being sent does not count.</summary>
        public bool IsIdle => Volatile.Read(ref _requests) == 0;

        public long Used => Interlocked.Read(ref _used);

        public void Change(int by, long now)
        {
            Interlocked.Exchange(ref _used, now);
            Interlocked.Add(ref _requests, by);
        }
    }
}
