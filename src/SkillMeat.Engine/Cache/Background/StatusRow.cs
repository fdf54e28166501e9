using Microsoft.Data.Sqlite;
using SkillMeat.Cache.Database;

namespace SkillMeat.Cache.Background;

/// <summary>The row in which the service that has the lease keeps its status, for other processes.</summary>
internal static class StatusRow
{
    private const string Columns = "state, interval, started, last_run, last_success, last_duration, runs, successes, next_run, problem";
    private const int Count = 10;

    /// <summary>Writes the status.</summary>
    public static void Write(CacheConnection connection, BackgroundRefreshStatus status)
    {
        object?[] values =
        [
            status.State.ToString(), status.Interval?.Ticks ?? 0, status.Started?.UtcTicks ?? 0, status.LastRun?.UtcTicks, status.LastSuccess?.UtcTicks, status.LastDuration?.Ticks, status.Runs,
            status.Successes, status.NextRun?.UtcTicks, status.Problem,
        ];
        connection.Execute($"INSERT OR REPLACE INTO refresh_status(id, {Columns}, sum) VALUES(1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", [.. values, RowSum.Of(values)]);
    }

    /// <summary>Reads the status of a home: that of the process that has the lease, or what the last one left.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="home">The full path of the home.</param>
    /// <param name="now">The current time.</param>
    /// <exception cref="DamagedRowException">The row is damaged.</exception>
    public static BackgroundRefreshStatus Read(CacheConnection connection, string home, DateTimeOffset now) => connection.Read(() =>
    {
        var holder = RefreshLease.FindHolder(connection, now);
        var status = connection.First($"SELECT {Columns}, sum FROM refresh_status WHERE id = 1", row => Read(row, home)) ?? new BackgroundRefreshStatus { Home = home };
        // A service that was killed could not say that it ended.
        return holder is null ? status with { State = BackgroundRefreshState.Stopped, NextRun = null } : status with { ProcessId = holder.Process, Machine = holder.Machine };
    });

    private static BackgroundRefreshStatus Read(SqliteDataReader row, string home)
    {
        var values = new object?[Count];
        for (var i = 0; i < Count; i++) values[i] = row.IsDBNull(i) ? null : row.GetValue(i);
        RowSum.Check(row.GetInt64(Count), values);
        if (!Enum.TryParse<BackgroundRefreshState>((string)values[0]!, out var state)) throw new DamagedRowException();
        DateTimeOffset? Time(int index) => values[index] is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        return new BackgroundRefreshStatus
        {
            Home = home,
            State = state,
            Interval = new TimeSpan((long)values[1]!),
            Started = Time(2),
            LastRun = Time(3),
            LastSuccess = Time(4),
            LastDuration = values[5] is long duration ? new TimeSpan(duration) : null,
            Runs = (long)values[6]!,
            Successes = (long)values[7]!,
            NextRun = Time(8),
            Problem = (string?)values[9],
        };
    }
}
