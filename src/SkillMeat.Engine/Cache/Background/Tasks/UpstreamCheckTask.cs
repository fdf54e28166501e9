using SkillMeat.Cache.Database;
using SkillMeat.Cache.Updates;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;

namespace SkillMeat.Cache.Background.Tasks;

/// <summary>
/// Checks what changed upstream, and keeps it. An entry is a repository or folder that a collection follows; it expires when what is known of one of its artifacts is too old, or about another version. No collection is
/// changed.
/// </summary>
/// <param name="cache">The cache.</param>
/// <param name="open">Opens the home.</param>
/// <param name="options">The options of the connection to upstream.</param>
/// <param name="lifetime">The age at which an entry expires.</param>
internal sealed class UpstreamCheckTask(HomeCache cache, Func<CollectionStore> open, UpstreamSessionOptions options, TimeSpan lifetime) : IRefreshTask
{
    // Cannot be part of the name of a collection.
    private const char Separator = '/';

    /// <inheritdoc/>
    public string Name => "upstream";

    /// <inheritdoc/>
    public bool FollowsFiles => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> FindExpired(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var store = open();
        using var session = cache.ConnectTo(store, options);
        return [.. ReadCollections(store).SelectMany(collection =>
        {
            var states = ReadStates(collection.Name, cancellationToken);
            return EntriesOf(collection, Track(collection, session)).Where(entry => !entry.All(one => IsFresh(one.Artifact, states, now))).Select(entry => entry.Key);
        })];
    }

    /// <inheritdoc/>
    public async Task<RefreshOutcome> RunAsync(IReadOnlyList<string> expired, CancellationToken cancellationToken)
    {
        var store = open();
        using var session = cache.ConnectTo(store, options);
        var wanted = expired.ToHashSet(StringComparer.Ordinal);
        var total = new RefreshOutcome(0, 0, []);
        foreach (var collection in ReadCollections(store))
        {
            var tracked = Track(collection, session);
            var due = EntriesOf(collection, tracked).Where(entry => wanted.Contains(entry.Key)).ToList();
            if (due.Count == 0) continue;
            var outcome = await CheckAsync(store, session, collection, tracked, due, cancellationToken).ConfigureAwait(false);
            total = new RefreshOutcome(total.Refreshed + outcome.Refreshed, total.Failed + outcome.Failed, [.. total.Problems, .. outcome.Problems]) { IsLimited = total.IsLimited || outcome.IsLimited };
        }

        session.SaveCaches();
        return total;
    }

    private async Task<RefreshOutcome> CheckAsync(
        CollectionStore store, UpstreamSession session, Collection collection, List<TrackedArtifact> tracked, List<IGrouping<string, TrackedArtifact>> due, CancellationToken cancellationToken)
    {
        var started = store.Time.GetTimestamp();
        var filter = ArtifactFilter.Everything.Within(due.SelectMany(entry => entry.Select(one => one.Artifact.Id)));
        var checker = new UpdateChecker(session.Provider, new LocalFiles(collection.Folder, new FetchedTexts(store, collection.Name)), session.GitHubServer, fields: null, findsNew: false);
        var (checks, _) = await checker.CheckAsync(collection, tracked, filter, CheckListener.Silent, cancellationToken).ConfigureAwait(false);
        var facts = await new UpstreamFactsReader(cache, session).ReadAsync(collection, checks, cancellationToken).ConfigureAwait(false);
        // A disk that is full, for example. It was reported.
        var trouble = new UpstreamStates(cache).Record(new UpdateCheckResult(collection.Name, checks, [], store.Time.GetElapsedTime(started)), facts, keepsInMemory: false, cancellationToken);
        if (trouble != CacheTrouble.None) throw new CacheUnusableException(trouble);
        var errors = checks.Where(check => check.ErrorId is not null).ToDictionary(check => check.Id);
        var failed = due.Where(entry => entry.Any(one => errors.ContainsKey(one.Artifact.Id))).ToList();
        var problems = failed.Select(entry => errors[entry.First(one => errors.ContainsKey(one.Artifact.Id)).Artifact.Id]).Select(check => $"{check.ArtifactId}: {check.Reason}");
        return new RefreshOutcome(due.Count - failed.Count, failed.Count, [.. problems])
        {
            IsLimited = errors.Values.Any(check => check.ErrorId is ErrorIds.UpstreamRateLimited or ErrorIds.UpstreamSecondaryRateLimited),
        };
    }

    private Dictionary<ArtifactId, UpstreamState> ReadStates(string collection, CancellationToken cancellationToken) => CacheUnusableException.Guard(
        cache.Database,
        connection => connection.Query($"SELECT {UpstreamState.Columns} FROM upstream_state u WHERE u.collection = ?1", UpstreamState.Reader(0), collection).ToRowDictionary(state => state.Artifact),
        cancellationToken);

    private bool IsFresh(Artifact artifact, Dictionary<ArtifactId, UpstreamState> states, DateTimeOffset now) =>
        states.TryGetValue(artifact.Id, out var state)
        && state.Upstream == artifact.Upstream && state.Ref == artifact.Ref && state.ResolvedSha == artifact.ResolvedSha
        // The age of a check in the future is not known.
        && state.Checked <= now && state.Checked > now - lifetime;

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
