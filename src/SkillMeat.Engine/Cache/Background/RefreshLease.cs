using Microsoft.Data.Sqlite;
using SkillMeat.Cache.Database;

namespace SkillMeat.Cache.Background;

/// <summary>
/// The right to refresh a home in the background, which one service has at a time. It stands in the database and expires, so that a service that was killed does not keep it.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="time">The clock.</param>
/// <param name="holder">The number of this service.</param>
internal sealed class RefreshLease(CacheDatabase database, TimeProvider time, long holder)
{
    /// <summary>The time after which a lease that is not renewed is free.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    /// <summary>The time between two renewals.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);

    /// <summary>Takes the lease if it is free, or renews it.</summary>
    public LeaseAnswer Take() => database.TryRun(TryTake, out var other) ? new LeaseAnswer(other is null, other, CacheTrouble.None) : new LeaseAnswer(IsHeld: false, Other: null, database.Trouble);

    /// <summary>Gives the lease back, if this service has it.</summary>
    public void Release() => database.TryRun(connection => connection.Execute("DELETE FROM refresh_lease WHERE holder = ?1", holder), out _);

    /// <summary>Does work in one transaction if this service has the lease.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="work">The work.</param>
    public void IfHeld(CacheConnection connection, Action work) => connection.Write(() =>
    {
        if (connection.Number("SELECT count(*) FROM refresh_lease WHERE holder = ?1", holder) > 0) work();
    });

    /// <summary>Returns the process that has the lease, or null.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="now">The current time.</param>
    public static LeaseHolder? FindHolder(CacheConnection connection, DateTimeOffset now) => Read(connection, now)?.Holder;

    private LeaseHolder? TryTake(CacheConnection connection) => connection.Write(() =>
    {
        var now = time.GetUtcNow();
        if (Read(connection, now) is { } lease && lease.Number != holder) return lease.Holder;
        object[] values = [holder, (long)Environment.ProcessId, Environment.MachineName, (now + Duration).UtcTicks];
        connection.Execute("INSERT OR REPLACE INTO refresh_lease(id, holder, process, machine, expires, sum) VALUES(1, ?1, ?2, ?3, ?4, ?5)", [.. values, RowSum.Of(values)]);
        return null;
    });

    private static (long Number, LeaseHolder Holder)? Read(CacheConnection connection, DateTimeOffset now)
    {
        var found = connection.Query("SELECT holder, process, machine, expires, sum FROM refresh_lease WHERE id = 1", ReadRow);
        // A lease that ends later than a new one would was taken before the clock was set back.
        return found is [var lease] && lease.Expires > now.UtcTicks && lease.Expires <= (now + Duration).UtcTicks ? (lease.Number, lease.Holder) : null;
    }

    private static (long Number, LeaseHolder Holder, long Expires) ReadRow(SqliteDataReader row)
    {
        var (number, process, machine, expires) = (row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3));
        RowSum.Check(row.GetInt64(4), number, process, machine, expires);
        return (number, new LeaseHolder((int)process, machine), expires);
    }
}
