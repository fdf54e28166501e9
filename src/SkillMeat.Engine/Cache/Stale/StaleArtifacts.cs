using SkillMeat.Cache.Database;
using SkillMeat.Cache.Deployments;
using SkillMeat.Cache.Updates;
using SkillMeat.Cache.Versions;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Profiles;

namespace SkillMeat.Cache.Stale;

/// <summary>Lists artifacts that are out of date, from what projects and collections have now and from what update checks found upstream. Contacts nobody.</summary>
/// <remarks>Thread-safe, and safe between processes.</remarks>
public sealed class StaleArtifacts
{
    /// <summary>The artifacts behind upstream or, as deployments, behind the collection, each with the state upstream if that is still about the artifact as it is now.</summary>
    internal const string Query =
        $"""
        SELECT k.collection, k.type, k.name, {UpstreamState.Columns}
        FROM (SELECT collection, type, name FROM upstream_state WHERE is_behind = 1 UNION SELECT collection, type, name FROM deployment WHERE is_behind = 1) k
        JOIN collection c ON c.name = k.collection
        JOIN artifact a ON a.collection_id = c.id AND a.type = k.type AND a.name = k.name
        LEFT JOIN upstream_state u ON u.collection = k.collection AND u.type = k.type AND u.name = k.name AND u.upstream IS a.upstream AND u.ref IS a.ref AND u.resolved_sha IS a.resolved_sha AND u.content_hash IS a.content_hash
        """;

    private readonly HomeCache _cache;
    private readonly AgentFolders _user;

    /// <summary>Creates the list of a home.</summary>
    /// <param name="cache">The cache of the home.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders; null for the variables of this process.</param>
    public StaleArtifacts(HomeCache cache, Func<string, string?>? environment = null)
    {
        _cache = cache;
        _user = AgentFolders.OfUser(environment ?? Environment.GetEnvironmentVariable);
    }

    /// <summary>Lists stale artifacts.</summary>
    /// <param name="query">The artifacts to list.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The artifacts.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.ProjectNotFound"/>: the home does not know a named project. <see cref="ErrorIds.InvalidArgument"/>: a type is unknown. <see cref="DataFileException"/>: the list of projects cannot be
    /// read.
    /// </exception>
    public StaleReport Find(StaleQuery query, CancellationToken cancellationToken = default)
    {
        var types = query.Types.Select(ArtifactType.Parse).ToHashSet();
        var (sites, behind) = _cache.Database.Run(
            connection =>
            {
                var indexer = new SiteIndexer(connection, _cache.Store, _user, _cache.Usage, cancellationToken);
                return indexer.Update(() => connection.Query(Query, BehindArtifact.Reader()).ToRowDictionary(one => (one.Collection, one.Artifact)));
            },
            cancellationToken);
        var projects = new ProjectFilter(query.Projects);
        projects.Check(sites);
        var scope = DeploymentScope.Of(_cache.Store, query.Collection, query.Group);
        var wanted = types.Count == 0 && scope is null ? behind
            : behind.Where(one => (types.Count == 0 || types.Contains(one.Key.Artifact.Type)) && scope?.Includes(one.Key.Artifact, one.Key.Collection) != false).ToDictionary();
        var lag = new Lag();
        var isDeployed = new HashSet<(string, ArtifactId)>();
        var stale = new List<StaleArtifact>();
        foreach (var site in sites.Where(site => !site.Site.IsMissing))
        {
            var isChosen = projects.Includes(site.Site);
            foreach (var copy in site.Copies)
            {
                if (copy.Collection is null || copy.State is DriftState.Added or DriftState.Removed or DriftState.Orphaned || !wanted.TryGetValue((copy.Collection, copy.Artifact), out var one)) continue;
                isDeployed.Add((copy.Collection, copy.Artifact));
                if (isChosen && one.Compare(lag, site.Site, copy) is { } found) stale.Add(found);
            }
        }

        if (query.Projects.Count == 0) stale.AddRange(wanted.Where(one => !isDeployed.Contains(one.Key)).Select(one => one.Value.Compare(lag)).OfType<StaleArtifact>());
        var problems = sites.Where(site => site.Problem is not null && projects.Includes(site.Site)).DistinctBy(site => site.Site.Site.Folder).ToDictionary(site => site.Site.Site.Folder, site => site.Problem!, StringComparer.Ordinal);
        return new StaleReport([.. Sort(stale, query.Order)], problems);
    }

    private static IEnumerable<StaleArtifact> Sort(IEnumerable<StaleArtifact> stale, StaleOrder order)
    {
        var byName = Comparer<StaleArtifact>.Create((one, other) =>
            string.Compare(one.Name, other.Name, StringComparison.OrdinalIgnoreCase) is var name and not 0 ? name
            : string.CompareOrdinal(one.ArtifactId, other.ArtifactId) is var id and not 0 ? id
            : string.CompareOrdinal(one.Collection, other.Collection) is var collection and not 0 ? collection
            : string.CompareOrdinal(one.Project, other.Project) is var project and not 0 ? project
            : string.CompareOrdinal(one.Profile, other.Profile));
        return order switch
        {
            StaleOrder.Type => stale.OrderBy(one => one.Type, StringComparer.Ordinal).ThenBy(one => one, byName),
            StaleOrder.Project => stale.OrderBy(one => one.Project is null).ThenBy(one => one.Project, StringComparer.OrdinalIgnoreCase).ThenBy(one => one, byName),
            StaleOrder.VersionDifference => stale.OrderBy(one => one.Difference).ThenByDescending(one => one.CommitsBehind ?? 0).ThenBy(one => one, byName),
            _ => stale.OrderBy(one => one, byName),
        };
    }
}
