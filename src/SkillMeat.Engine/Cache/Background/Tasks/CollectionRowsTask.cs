using SkillMeat.Cache.Database;
using SkillMeat.Cache.Indexing;
using SkillMeat.Cache.Search.Indexing;
using SkillMeat.Collections;

namespace SkillMeat.Cache.Background.Tasks;

/// <summary>Keeps the rows of collections and their artifacts, and the words of these, up to date with manifests and lock files.</summary>
/// <param name="database">The database.</param>
/// <param name="open">Opens the home.</param>
internal sealed class CollectionRowsTask(CacheDatabase database, Func<CollectionStore> open) : IRefreshTask
{
    /// <inheritdoc/>
    public string Name => "collections";

    /// <inheritdoc/>
    public bool FollowsFiles => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> FindExpired(DateTimeOffset now, CancellationToken cancellationToken) =>
        CacheUnusableException.Guard(database, connection => new CollectionIndexer(connection, open()).FindChanged(), cancellationToken);

    /// <inheritdoc/>
    public Task<RefreshOutcome> RunAsync(IReadOnlyList<string> expired, CancellationToken cancellationToken)
    {
        var problems = CacheUnusableException.Guard(
            database,
            connection =>
            {
                var store = open();
                var found = new CollectionIndexer(connection, store).Update();
                new TextIndexer(connection, store).Update(TimeSpan.Zero);
                return found;
            },
            cancellationToken);
        return Task.FromResult(new RefreshOutcome(Math.Max(0, expired.Count - problems.Count), Math.Min(expired.Count, problems.Count), problems));
    }
}
