using SkillMeat.Cache.Database;

namespace SkillMeat.Cache.Background;

/// <summary>The times at which the entries of a task were refreshed.</summary>
/// <param name="connection">The connection.</param>
/// <param name="task">The name of the task.</param>
internal sealed class RefreshEntries(CacheConnection connection, string task)
{
    /// <summary>Returns the entries that are not older than a time. The age of one from the future is not known.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="lifetime">The age at which an entry expires.</param>
    /// <exception cref="DamagedRowException">A row is damaged.</exception>
    public HashSet<string> FindFresh(DateTimeOffset now, TimeSpan lifetime) =>
        [.. Read().Where(entry => entry.Refreshed <= now.UtcTicks && entry.Refreshed > (now - lifetime).UtcTicks).Select(entry => entry.Name)];

    /// <summary>Notes that entries were refreshed.</summary>
    /// <param name="names">The entries.</param>
    /// <param name="at">The time before they were refreshed.</param>
    public void Note(IReadOnlyCollection<string> names, DateTimeOffset at)
    {
        if (names.Count == 0) return;
        connection.Write(() =>
        {
            foreach (var name in names)
            {
                connection.Execute("INSERT OR REPLACE INTO refresh_entry(task, name, refreshed, sum) VALUES(?1, ?2, ?3, ?4)", task, name, at.UtcTicks, RowSum.Of(task, name, at.UtcTicks));
            }
        });
    }

    /// <summary>Forgets the entries that no longer exist.</summary>
    /// <param name="existing">All entries that exist.</param>
    public void Keep(IReadOnlySet<string> existing)
    {
        var gone = Read().Where(entry => !existing.Contains(entry.Name)).ToList();
        if (gone.Count == 0) return;
        connection.Write(() =>
        {
            foreach (var (name, _) in gone) connection.Execute("DELETE FROM refresh_entry WHERE task = ?1 AND name = ?2", task, name);
        });
    }

    private List<(string Name, long Refreshed)> Read() => connection.Query(
        "SELECT name, refreshed, sum FROM refresh_entry WHERE task = ?1",
        row =>
        {
            var (name, refreshed) = (row.GetString(0), row.GetInt64(1));
            RowSum.Check(row.GetInt64(2), task, name, refreshed);
            return (name, refreshed);
        },
        task);
}
