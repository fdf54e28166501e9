using Microsoft.Data.Sqlite;
using SkillMeat.Cache.Database;
using SkillMeat.Cache.Deployments;
using SkillMeat.Cache.Indexing;
using SkillMeat.Cache.Search;
using SkillMeat.Errors;
using SkillMeat.Projects.Profiles;

namespace SkillMeat.Cache.Lists;

/// <summary>Lists the artifacts of a collection by pages, with filters, from the cache of a home.</summary>
/// <remarks>Thread-safe, and safe between processes.</remarks>
public sealed class ArtifactOverview
{
    private readonly HomeCache _cache;
    private readonly AgentFolders _user;
    private long _deploymentsRead;
    private int _forgotten;

    /// <summary>Creates the overview of a home.</summary>
    /// <param name="cache">The cache of the home.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders; null for the variables of this process.</param>
    public ArtifactOverview(HomeCache cache, Func<string, string?>? environment = null)
    {
        _cache = cache;
        _user = AgentFolders.OfUser(environment ?? Environment.GetEnvironmentVariable);
    }

    /// <summary>Lists artifacts. A collection that changed is read first, so that the answer is that of its files.</summary>
    /// <param name="query">The artifacts to list.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>One page.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>: there is no such collection. <see cref="DataFileException"/>: it cannot be read.</exception>
    public ListReport Find(ListQuery query, CancellationToken cancellationToken = default)
    {
        _cache.Store.CheckExists(query.Collection);
        return _cache.Database.Run(connection =>
        {
            if (IsDue(query.MaxDeploymentAge)) connection.InTurn(connection.Turns.Projects, () => IsDue(query.MaxDeploymentAge) && UpdateDeployments(connection, cancellationToken));
            // The rows of a collection that cannot be read are those of its past. It says itself why.
            if (new CollectionIndexer(connection, _cache.Store, _cache.Usage).Update().Count > 0) _cache.Store.Read(query.Collection);
            return connection.Read(() => Read(connection, query));
        }, cancellationToken);
    }

    /// <summary>Returns the time of the newest update check of any artifact of a collection, or null if none was ever checked.</summary>
    /// <param name="collection">The name of the collection.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The time.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>: there is no such collection.</exception>
    public DateTimeOffset? FindLastCheck(string collection, CancellationToken cancellationToken = default)
    {
        _cache.Store.CheckExists(collection);
        var ticks = _cache.Database.Run(connection => connection.Read(() => connection.Number(ListStatements.LastCheck, collection)), cancellationToken);
        return ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    /// <summary>Finds the artifacts of all collections that have an update upstream, as far as checks have found it.</summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The folder names of the collections with the artifacts, as <c>type:name</c>.</returns>
    public IReadOnlySet<(string Collection, string ArtifactId)> FindUpdates(CancellationToken cancellationToken = default) => _cache.Database.Run(
        connection =>
        {
            new CollectionIndexer(connection, _cache.Store, _cache.Usage).Update();
            return connection.Read(() => connection.Query(ListStatements.Updates, row => (row.GetString(0), row.GetString(1))).ToHashSet());
        },
        cancellationToken);

    /// <summary>Lets the next list look at the deployments again, whatever their age, after a change by this program.</summary>
    public void ForgetDeployments()
    {
        Interlocked.Increment(ref _forgotten);
        Interlocked.Exchange(ref _deploymentsRead, 0);
    }

    private bool IsDue(TimeSpan age) => Interlocked.Read(ref _deploymentsRead) is var read && (read == 0 || _cache.Store.Time.GetElapsedTime(read) >= age);

    private bool UpdateDeployments(CacheConnection connection, CancellationToken cancellationToken)
    {
        var forgotten = Volatile.Read(ref _forgotten);
        try
        {
            new SiteIndexer(connection, _cache.Store, _user, _cache.Usage, cancellationToken).Update();
        }
        catch (DataFileException)
        {
            // The list of projects says so itself. The artifacts can be listed without it.
        }

        Interlocked.Exchange(ref _deploymentsRead, _cache.Store.Time.GetTimestamp());
        // A change in the meantime may not have been seen.
        if (forgotten != Volatile.Read(ref _forgotten)) Interlocked.Exchange(ref _deploymentsRead, 0);
        return true;
    }

    private static ListReport Read(CacheConnection connection, ListQuery query)
    {
        object?[] conditions =
        [
            query.Collection,
            query.Types.Count == 0 ? null : JsonText.Of(query.Types.Select(type => type.Name)),
            query.Tags.Count == 0 ? null : JsonText.Of(query.Tags),
            query.Origins.Count == 0 ? null : JsonText.Of(query.Origins),
            query.States.Count == 0 ? null : JsonText.Of(query.States.Select(state => (long)state)),
            query.Ids is null ? null : JsonText.Of(query.Ids),
            string.IsNullOrEmpty(query.Text) ? null : query.Text,
        ];
        var total = (int)connection.Number(ListStatements.Count(query.States.Count > 0, query.Ids is not null), conditions);
        // One more tells whether another page follows.
        var found = connection.Query(
            ListStatements.Page(query.Order, query.IsDescending, query.Ids is not null),
            row => Read(row, query.Collection),
            [.. conditions, query.After?.Key, query.After?.Name, query.After?.Type, (long)query.Limit + 1]);
        var hasMore = found.Count > query.Limit;
        return new ListReport([.. hasMore ? found.Take(query.Limit) : found], total, hasMore);
    }

    private static ListedArtifact Read(SqliteDataReader row, string collection)
    {
        const int Next = ArtifactRow.Count + 1;
        var artifact = ArtifactRow.Read(row, 0, collection);
        return new ListedArtifact(
            artifact,
            (ListedState)row.GetInt32(Next + 1),
            row.IsDBNull(Next + 2) ? null : row.GetString(Next + 2),
            row.IsDBNull(Next + 3) ? null : new DateTimeOffset(row.GetInt64(Next + 3), TimeSpan.Zero),
            row.GetInt32(Next + 4),
            row.GetInt32(Next + 5),
            new ListedPlace(row.GetString(Next), artifact.Name, artifact.Type));
    }
}
