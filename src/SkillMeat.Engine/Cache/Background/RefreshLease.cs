using Microsoft.Data.Sqlite;
using SkillMeat.Cache.Database;
using SkillMeat.Storage.Locks;

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

    // The clocks of two machines can differ by so much.
    private static readonly TimeSpan _clockDifference = TimeSpan.FromMinutes(5);

    /// <summary>Takes the lease if it is free, or renews it.</summary>
    /// <param name="cancellationToken">Cancels waiting for the database.</param>
    public LeaseAnswer Take(CancellationToken cancellationToken = default) =>
        database.TryRun(TryTake, out var other, out var trouble, cancellationToken) ? new LeaseAnswer(other is null, other, CacheTrouble.None) : new LeaseAnswer(IsHeld: false, Other: null, trouble);

    /// <summary>Gives the lease back, if this service has it.</summary>
    /// <param name="cancellationToken">Cancels waiting for the database.</param>
    public void Release(CancellationToken cancellationToken = default) => database.TryRun(connection => connection.Execute("DELETE FROM refresh_lease WHERE holder = ?1", holder), out _, cancellationToken);

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
        var process = RunningProcess.Current();
        object?[] values = [holder, (long)process.Id, process.Machine, (now + Duration).UtcTicks, process.Boot, process.Started];
        connection.Execute("INSERT OR REPLACE INTO refresh_lease(id, holder, process, machine, expires, boot, process_started, sum) VALUES(1, ?1, ?2, ?3, ?4, ?5, ?6, ?7)", [.. values, SumOf(values)]);
        return null;
    });

    private static (long Number, LeaseHolder Holder)? Read(CacheConnection connection, DateTimeOffset now)
    {
        var found = connection.Query("SELECT holder, process, machine, expires, boot, process_started, sum FROM refresh_lease WHERE id = 1", ReadRow);
        // A lease that ends much later than a new one would was taken before the clock was set back.
        if (found is not [var lease] || lease.Expires <= now.UtcTicks || lease.Expires > (now + Duration + _clockDifference).UtcTicks) return null;
        return lease.Process.HasEnded() ? null : (lease.Number, new LeaseHolder(lease.Process.Id, lease.Process.Machine));
    }

    private static (long Number, RunningProcess Process, long Expires) ReadRow(SqliteDataReader row)
    {
        var (number, process, machine, expires) = (row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3));
        var (boot, started) = (row.IsDBNull(4) ? null : row.GetString(4), row.IsDBNull(5) ? (long?)null : row.GetInt64(5));
        if (SumOf([number, process, machine, expires, boot, started]) != row.GetInt64(6)) throw new DamagedRowException();
        return (number, new RunningProcess((int)process, machine, boot, started), expires);
    }

    // An earlier version that still runs knows only the first four values.
    private static long SumOf(object?[] values) => RowSum.Of(values is [.., null, null] ? values[..^2] : values);
}
