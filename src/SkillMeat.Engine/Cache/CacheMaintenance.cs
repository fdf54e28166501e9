using SkillMeat.Cache.Background;
using SkillMeat.Cache.Database;
using SkillMeat.Cache.Indexing;
using SkillMeat.Cache.Search.Indexing;
using SkillMeat.Cache.Search.Words;
using SkillMeat.Errors;

namespace SkillMeat.Cache;

/// <summary>Shows, rebuilds and clears the cache of a home.</summary>
/// <remarks>Thread-safe, and safe between processes.</remarks>
public sealed class CacheMaintenance(HomeCache cache)
{
    /// <summary>Reads the status. Makes no file.</summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The status.</returns>
    /// <exception cref="StorageException">SQLite cannot be loaded.</exception>
    public CacheStatus GetStatus(CancellationToken cancellationToken = default)
    {
        var database = cache.Database;
        var file = database.CurrentFile;
        if (file is null || !File.Exists(file.Path)) return Describe(file, 0, 0, 0, file is null ? CacheState.Off : CacheState.Empty, CacheTrouble.None);
        var artifacts = 0L;
        var isUsed = database.TryRun(connection => connection.Number("SELECT count(*) FROM artifact"), out artifacts, out var trouble, cancellationToken);
        // That of this program, if a newer one has made the other.
        file = database.CurrentFile!;
        var (hits, misses) = isUsed ? cache.Usage.Read() : (0, 0);
        return Describe(file, artifacts, hits, misses, isUsed ? CacheState.Ready : trouble == CacheTrouble.Full ? CacheState.Paused : CacheState.InMemory, trouble);
    }

    /// <summary>Brings the cache up to date with the home.</summary>
    /// <param name="rebuild">Whether to delete it first, so that everything is read again.</param>
    /// <param name="cancellationToken">Cancels the work. What was read until then stays in the cache.</param>
    /// <returns>The status afterwards.</returns>
    /// <exception cref="StorageException">The file cannot be deleted, the home cannot be read, or SQLite cannot be loaded.</exception>
    public CacheStatus Update(bool rebuild, CancellationToken cancellationToken = default)
    {
        if (rebuild) Clear();
        cache.Database.Run(
            connection =>
            {
                var problems = new CollectionIndexer(connection, cache.Store, cache.Usage).Update();
                new TextIndexer(connection, cache.Store).Update(TimeSpan.Zero);
                return problems;
            },
            cancellationToken);
        Tidy(cancellationToken);
        return GetStatus(cancellationToken);
    }

    /// <summary>Deletes the cache. The next question makes a new one.</summary>
    /// <returns>The number of bytes that were freed.</returns>
    /// <exception cref="StorageException">The file cannot be deleted.</exception>
    public long Clear()
    {
        var size = cache.Database.CurrentFile?.SizeInBytes() ?? 0;
        cache.Database.Clear();
        return size;
    }

    /// <summary>Removes what nobody needs any more: words that no artifact has, and copies of damaged files that are too old. Bounded work each time.</summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    internal void Tidy(CancellationToken cancellationToken)
    {
        cache.Database.TryRun(connection => new WordWalk(connection).Step(WordWalk.Many), out _, cancellationToken);
        cache.Database.PruneCopies();
    }

    private CacheStatus Describe(CacheFile? file, long artifacts, long hits, long misses, CacheState state, CacheTrouble trouble) => new()
    {
        Path = file?.Path,
        SizeBytes = file?.SizeInBytes() ?? 0,
        SchemaVersion = cache.Database.SchemaVersion,
        Artifacts = artifacts,
        Hits = hits,
        Misses = misses,
        Created = file is not null && File.Exists(file.Path) ? new DateTimeOffset(File.GetCreationTimeUtc(file.Path)) : null,
        LastRefresh = state == CacheState.Ready ? BackgroundRefresh.ReadStatus(cache).LastSuccess : null,
        State = state,
        Problem = state is CacheState.InMemory or CacheState.Paused ? $"The file {CacheTroubles.Describe(trouble)}." : null,
    };
}
