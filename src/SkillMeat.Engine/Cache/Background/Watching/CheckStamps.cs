using SkillMeat.Cache.Database;

namespace SkillMeat.Cache.Background.Watching;

/// <summary>The last update checks that the cache of a home knows, by whatever program. They are read only when the file of the cache changed.</summary>
internal sealed class CheckStamps(HomeCache cache)
{
    private const string Statement = "SELECT collection, COUNT(*), MAX(checked), MAX(COALESCE(failed, 0)) FROM upstream_state GROUP BY collection";

    private IReadOnlyDictionary<string, (long, long, long)> _last = new Dictionary<string, (long, long, long)>(StringComparer.Ordinal);
    private (long, long, long, long) _file;

    /// <summary>Reads them: for each collection the number of artifacts, and the times of the last check and of the last one that failed.</summary>
    public IReadOnlyDictionary<string, (long, long, long)> Read()
    {
        // A question must not make a cache.
        if (cache.Database.CurrentFile is not { } file || !File.Exists(file.Path)) return _last;
        var (now, journal) = (new FileInfo(file.Path), new FileInfo($"{file.Path}-wal"));
        var stamp = (now.LastWriteTimeUtc.Ticks, now.Length, journal.Exists ? journal.LastWriteTimeUtc.Ticks : 0, journal.Exists ? journal.Length : 0);
        if (stamp == _file) return _last;
        if (!cache.Database.TryRun(Find, out var found)) return _last;
        _file = stamp;
        return _last = found;
    }

    private static Dictionary<string, (long, long, long)> Find(CacheConnection connection) =>
        connection.Query(Statement, row => (Collection: row.GetString(0), Stamp: (row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)))).ToDictionary(one => one.Collection, one => one.Stamp, StringComparer.Ordinal);
}
