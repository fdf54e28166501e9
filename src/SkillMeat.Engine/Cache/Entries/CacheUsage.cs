using SkillMeat.Cache.Database;

namespace SkillMeat.Cache.Entries;

/// <summary>Counts how often the cache had an answer. The counts of a process are added to those in the database by <see cref="Save"/>.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CacheUsage(CacheDatabase database, TimeProvider time)
{
    private const int DaysKept = 30;

    private long _hits;
    private long _misses;

    /// <summary>Counts one question.</summary>
    /// <param name="isHit">Whether the answer was in the cache.</param>
    public void Count(bool isHit) => Interlocked.Increment(ref isHit ? ref _hits : ref _misses);

    /// <summary>Returns the counts of the last 30 days, with those of this process.</summary>
    public (long Hits, long Misses) Read()
    {
        var (hits, misses) = database.Run(connection => connection.First(
            "SELECT coalesce(sum(hits), 0), coalesce(sum(misses), 0) FROM usage WHERE day > ?1", row => (row.GetInt64(0), row.GetInt64(1)), Today() - DaysKept));
        return (hits + Interlocked.Read(ref _hits), misses + Interlocked.Read(ref _misses));
    }

    /// <summary>Adds the counts of this process to those in the database.</summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    public void Save(CancellationToken cancellationToken = default)
    {
        var (hits, misses) = (Interlocked.Exchange(ref _hits, 0), Interlocked.Exchange(ref _misses, 0));
        if (hits + misses == 0) return;
        database.TryRun(
            connection => connection.Write(() =>
            {
                connection.Execute("DELETE FROM usage WHERE day <= ?1", Today() - DaysKept);
                return connection.Execute(
                    "INSERT INTO usage(day, hits, misses) VALUES(?1, ?2, ?3) ON CONFLICT(day) DO UPDATE SET hits = hits + excluded.hits, misses = misses + excluded.misses", Today(), hits, misses);
            }),
            out _,
            cancellationToken);
    }

    private long Today() => time.GetUtcNow().UtcTicks / TimeSpan.TicksPerDay;
}
