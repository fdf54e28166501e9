using SkillMeat.Cache.Database;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;

namespace SkillMeat.Cache.Background.Tasks;

/// <summary>
/// Checks what changed upstream, for the artifacts of each collection whose repositories were not asked for a while. An entry is a repository or folder that a collection follows. No collection is changed.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="open">Opens the home.</param>
/// <param name="options">The options of the connection to upstream.</param>
/// <param name="lifetime">The age at which an entry expires.</param>
/// <param name="record">Keeps the results of the checks.</param>
internal sealed class UpstreamCheckTask(CacheDatabase database, Func<CollectionStore> open, UpstreamSessionOptions options, TimeSpan lifetime, RecordChecks record) : IRefreshTask
{
    // Cannot be part of the name of a collection.
    private const char Separator = '/';

    /// <inheritdoc/>
    public string Name => "upstream";

    /// <inheritdoc/>
    public bool FollowsFiles => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> FindExpired(DateTimeOffset now)
    {
        var store = open();
        using var session = UpstreamSession.Create(store, options);
        var entries = ReadCollections(store).SelectMany(collection => EntriesOf(collection, Track(collection, session))).Select(entry => entry.Key).ToList();
        var fresh = CacheUnusableException.Guard(database, connection => new RefreshEntries(connection, Name).FindFresh(now, lifetime));
        return entries.Where(entry => !fresh.Contains(entry)).ToList();
    }

    /// <inheritdoc/>
    public async Task<RefreshOutcome> RunAsync(IReadOnlyList<string> expired, CancellationToken cancellationToken)
    {
        var store = open();
        using var session = UpstreamSession.Create(store, options);
        var wanted = expired.ToHashSet(StringComparer.Ordinal);
        var existing = new HashSet<string>(StringComparer.Ordinal);
        var total = new RefreshOutcome(0, 0, []);
        foreach (var collection in ReadCollections(store))
        {
            var tracked = Track(collection, session);
            var entries = EntriesOf(collection, tracked).ToList();
            existing.UnionWith(entries.Select(entry => entry.Key));
            var due = entries.Where(entry => wanted.Contains(entry.Key)).ToList();
            if (due.Count == 0) continue;
            var outcome = await CheckAsync(store, session, collection, tracked, due, cancellationToken).ConfigureAwait(false);
            total = new RefreshOutcome(total.Refreshed + outcome.Refreshed, total.Failed + outcome.Failed, [.. total.Problems, .. outcome.Problems]) { IsLimited = total.IsLimited || outcome.IsLimited };
        }

        CacheUnusableException.Guard(database, connection =>
        {
            new RefreshEntries(connection, Name).Keep(existing);
            return true;
        });
        session.SaveCaches();
        return total;
    }

    private async Task<RefreshOutcome> CheckAsync(
        CollectionStore store, UpstreamSession session, Collection collection, List<TrackedArtifact> tracked, List<IGrouping<string, TrackedArtifact>> due, CancellationToken cancellationToken)
    {
        var before = store.Time.GetUtcNow();
        var started = store.Time.GetTimestamp();
        var filter = ArtifactFilter.Everything.Within(due.SelectMany(entry => entry.Select(one => one.Artifact.Id)));
        var checker = new UpdateChecker(session.Provider, new LocalFiles(collection.Folder, new FetchedTexts(store, collection.Name)), session.GitHubServer, fields: null, findsNew: false);
        var (checks, _) = await checker.CheckAsync(collection, tracked, filter, CheckListener.Silent, cancellationToken).ConfigureAwait(false);
        await record(collection, session, new UpdateCheckResult(collection.Name, checks, [], store.Time.GetElapsedTime(started)), cancellationToken).ConfigureAwait(false);
        var errors = checks.Where(check => check.ErrorId is not null).ToDictionary(check => check.Id);
        var failed = due.Where(entry => entry.Any(one => errors.ContainsKey(one.Artifact.Id))).ToList();
        var refreshed = due.Except(failed).Select(entry => entry.Key).ToList();
        CacheUnusableException.Guard(database, connection =>
        {
            new RefreshEntries(connection, Name).Note(refreshed, before);
            return true;
        });
        var problems = failed.Select(entry => errors[entry.First(one => errors.ContainsKey(one.Artifact.Id)).Artifact.Id]).Select(check => $"{check.ArtifactId}: {check.Reason}");
        return new RefreshOutcome(refreshed.Count, failed.Count, [.. problems])
        {
            IsLimited = errors.Values.Any(check => check.ErrorId is ErrorIds.UpstreamRateLimited or ErrorIds.UpstreamSecondaryRateLimited),
        };
    }

    private static List<TrackedArtifact> Track(Collection collection, UpstreamSession session)
    {
        var context = session.ContextFor(collection.Folder);
        return [.. collection.Artifacts.Select(artifact => TrackedArtifact.From(artifact, context))];
    }

    private static IEnumerable<IGrouping<string, TrackedArtifact>> EntriesOf(Collection collection, List<TrackedArtifact> tracked) =>
        tracked.Where(one => one.Source is not null).GroupBy(one => $"{collection.Name}{Separator}{one.Source!.Repository.Address}", StringComparer.Ordinal);

    private static IEnumerable<Collection> ReadCollections(CollectionStore store)
    {
        foreach (var name in store.ListNames())
        {
            Collection collection;
            try
            {
                collection = store.Read(name);
            }
            catch (SkillMeatException e) when (e is not StorageException)
            {
                // The task of the collections reports it.
                continue;
            }

            yield return collection;
        }
    }
}
