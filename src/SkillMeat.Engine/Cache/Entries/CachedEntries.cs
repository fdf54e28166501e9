using SkillMeat.Cache.Database;

namespace SkillMeat.Cache.Entries;

/// <summary>
/// Answers that are kept under a kind and a key until they expire. What was used in the last day is read at once with the first question of its kind, and what was not used for a week is deleted.
/// </summary>
/// <remarks>Thread-safe, and safe between processes. Without a usable file, entries are kept in memory.</remarks>
internal sealed class CachedEntries(CacheDatabase database, CacheUsage usage, TimeProvider time)
{
    /// <summary>The time after which an entry expires, unless the caller states another one.</summary>
    public static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan _warmed = TimeSpan.FromDays(1);
    private static readonly TimeSpan _kept = TimeSpan.FromDays(7);

    // A use is noted at most this often, so that reading does not mean writing.
    private static readonly TimeSpan _notedAgain = TimeSpan.FromHours(1);

    private const string Columns = "key, value, stored, expires, used, sum";

    private readonly object _gate = new();
    private readonly Dictionary<(string Kind, string Key), (CachedEntry Entry, DateTimeOffset Used)> _memory = [];
    private readonly HashSet<(string Kind, string Key)> _used = [];
    private readonly HashSet<string> _warm = new(StringComparer.Ordinal);

    /// <summary>Returns an entry, or null if there is none or it has expired.</summary>
    public byte[]? Get(string kind, string key)
    {
        var entry = Find(kind, key);
        var isHit = entry?.IsExpiredAt(time.GetUtcNow()) == false;
        usage.Count(isHit);
        return isHit ? entry!.Value : null;
    }

    /// <summary>Returns an entry, even if it has expired, or null if there is none. Does not count as a use of the cache.</summary>
    public CachedEntry? Find(string kind, string key)
    {
        lock (_gate)
        {
            Warm(kind);
            var now = time.GetUtcNow();
            if (!_memory.TryGetValue((kind, key), out var known))
            {
                if (database.Run(connection => connection.First($"SELECT {Columns} FROM entry WHERE kind = ?1 AND key = ?2", row => Read(row, kind), kind, key)) is not { Entry: not null } found) return null;
                _memory[(kind, key)] = known = (found.Entry, found.Used);
            }

            if (now - known.Used >= _notedAgain)
            {
                _used.Add((kind, key));
                _memory[(kind, key)] = (known.Entry, now);
            }

            return known.Entry;
        }
    }

    /// <summary>Stores an entry.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value. The array must not be changed afterwards.</param>
    /// <param name="timeToLive">The time until it expires, or <see cref="Timeout.InfiniteTimeSpan"/> for never.</param>
    public void Set(string kind, string key, byte[] value, TimeSpan timeToLive) => Set(kind, [(key, value)], timeToLive);

    /// <summary>Stores many entries in one transaction.</summary>
    /// <inheritdoc cref="Set(string, string, byte[], TimeSpan)"/>
    public void Set(string kind, IReadOnlyCollection<(string Key, byte[] Value)> entries, TimeSpan timeToLive)
    {
        if (entries.Count == 0) return;
        var now = time.GetUtcNow();
        DateTimeOffset? expires = timeToLive == Timeout.InfiniteTimeSpan ? null : now + timeToLive;
        lock (_gate)
        {
            database.Run(connection => connection.Write(() =>
            {
                foreach (var (key, value) in entries)
                {
                    connection.Execute(
                        """
                        INSERT INTO entry(kind, key, value, stored, expires, used, sum) VALUES(?1, ?2, ?3, ?4, ?5, ?4, ?6)
                        ON CONFLICT(kind, key) DO UPDATE SET value = excluded.value, stored = excluded.stored, expires = excluded.expires, used = excluded.used, sum = excluded.sum
                        """,
                        kind, key, value, now.UtcTicks, expires?.UtcTicks, RowSum.Of(kind, key, value, now.UtcTicks, expires?.UtcTicks));
                }

                return entries.Count;
            }));
            foreach (var (key, value) in entries) _memory[(kind, key)] = (new CachedEntry(value, now, expires), now);
        }
    }

    /// <summary>Forgets an entry, or all of a kind if no key is given.</summary>
    /// <returns>The number of forgotten entries.</returns>
    public int Invalidate(string kind, string? key = null)
    {
        lock (_gate)
        {
            foreach (var known in _memory.Keys.Where(known => known.Kind == kind && (key is null || known.Key == key)).ToList()) _memory.Remove(known);
            return database.Run(connection => connection.Write(() => key is null
                ? connection.Execute("DELETE FROM entry WHERE kind = ?1", kind)
                : connection.Execute("DELETE FROM entry WHERE kind = ?1 AND key = ?2", kind, key)));
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _memory.Clear();
            _used.Clear();
            database.Run(connection => connection.Write(() => connection.Execute("DELETE FROM entry")));
        }
    }

    /// <summary>Notes which entries were used, and deletes those that were not used for a week.</summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The number of deleted entries.</returns>
    public int Cleanup(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var deleted = database.TryRun(
                connection =>
                {
                    var isOld = connection.Number("SELECT EXISTS(SELECT 1 FROM entry WHERE used < ?1)", (now - _kept).UtcTicks) == 1;
                    if (_used.Count == 0 && !isOld) return 0;
                    return connection.Write(() =>
                    {
                        foreach (var (kind, key) in _used) connection.Execute("UPDATE entry SET used = ?3 WHERE kind = ?1 AND key = ?2", kind, key, now.UtcTicks);
                        return connection.Execute("DELETE FROM entry WHERE used < ?1", (now - _kept).UtcTicks);
                    });
                },
                out var count,
                cancellationToken);
            if (deleted) _used.Clear();
            foreach (var (key, _) in _memory.Where(one => one.Value.Used < now - _kept).ToList()) _memory.Remove(key);
            return count;
        }
    }

    private void Warm(string kind)
    {
        if (!_warm.Add(kind)) return;
        var since = (time.GetUtcNow() - _warmed).UtcTicks;
        foreach (var (key, entry, used) in database.Run(connection => connection.Query($"SELECT {Columns} FROM entry WHERE kind = ?1 AND used >= ?2", row => Read(row, kind), kind, since)))
            _memory.TryAdd((kind, key), (entry, used));
    }

    private static (string Key, CachedEntry Entry, DateTimeOffset Used) Read(Microsoft.Data.Sqlite.SqliteDataReader row, string kind)
    {
        var (key, value, stored) = (row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetInt64(2));
        long? expires = row.IsDBNull(3) ? null : row.GetInt64(3);
        RowSum.Check(row.GetInt64(5), kind, key, value, stored, expires);
        return (key, new CachedEntry(value, Time(stored), expires is { } ticks ? Time(ticks) : null), Time(row.GetInt64(4)));
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
