using SkillMeat.Cache.Database;
using SkillMeat.Cache.Indexing;
using SkillMeat.Cache.Search.Indexing;
using SkillMeat.Cache.Search.Queries;
using SkillMeat.Cache.Search.Snippets;
using SkillMeat.Cache.Stale;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;

namespace SkillMeat.Cache.Search;

/// <summary>Searches the artifacts of all collections of a home: names, titles, descriptions, tags, authors, sources, and the texts of their manifest files.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ArtifactSearch
{
    private const int MostCorrections = 20;
    private const int ScoreDigits = 6;

    /// <summary>Finds an artifact in one or all collections.</summary>
    internal const string ByName = "SELECT a.id FROM collection c CROSS JOIN artifact a ON a.collection_id = c.id WHERE a.type = ?1 AND a.name = ?2 AND (?3 IS NULL OR c.name = ?3)";

    private const string Ids = "SELECT a.type || ':' || a.name FROM json_each(?1) AS page CROSS JOIN artifact a ON a.id = page.value ORDER BY page.key";

    private readonly HomeCache _cache;
    private readonly Func<string, string?>? _environment;

    /// <summary>Creates the search of a home.</summary>
    /// <param name="cache">The cache of the home.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders; null for the variables of this process.</param>
    public ArtifactSearch(HomeCache cache, Func<string, string?>? environment = null)
    {
        _cache = cache;
        _environment = environment;
    }

    /// <summary>Searches. Collections and manifest files that changed are read first, so that the answer is that of the files.</summary>
    /// <param name="request">The search.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>One page of the found artifacts, and their total number.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.InvalidArgument"/>: limit or offset is negative. <see cref="ErrorIds.CollectionNotFound"/>, <see cref="ErrorIds.ProjectNotFound"/>: a collection or project of the request, outside of its text,
    /// does not exist.
    /// </exception>
    /// <exception cref="StorageException">The home cannot be read.</exception>
    public ArtifactSearchResult Search(ArtifactSearchRequest request, CancellationToken cancellationToken = default) => Run(request, Read, cancellationToken);

    /// <summary>Searches as <see cref="Search"/> does, and returns only the ids of the found artifacts, which is faster for many.</summary>
    /// <param name="request">The search.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The ids, as <c>type:name</c>, in the order of the request.</returns>
    /// <inheritdoc cref="Search"/>
    public IReadOnlyList<string> FindIds(ArtifactSearchRequest request, CancellationToken cancellationToken = default)
    {
        var ids = new List<string>();
        Run(
            request,
            (connection, page, _, _, _) =>
            {
                ids = connection.Query(Ids, row => row.GetString(0), JsonText.Of(page.Select(one => one.Id)));
                return [];
            },
            cancellationToken);
        return ids;
    }

    private ArtifactSearchResult Run(ArtifactSearchRequest request, PageReader read, CancellationToken cancellationToken)
    {
        if (request.Limit < 0 || request.Offset < 0) throw new SkillMeatException(ErrorIds.InvalidArgument, "The limit and the offset of a search must be 0 or more.");
        var query = QueryParser.Parse(request.Text);
        var hints = new List<string>(query.Hints);
        var collections = FindCollections(request, query, hints);
        var deployments = FindDeployments(request, query, hints);
        var members = request.Group is null ? null : FindMembers(request.Group, request.Collections);
        var stale = query.IsStale is null ? [] : FindStale(hints, cancellationToken);
        return _cache.Database.Run(Work, cancellationToken);

        ArtifactSearchResult Work(CacheConnection connection)
        {
            var problems = TextValues.Of(new CollectionIndexer(connection, _cache.Store, _cache.Usage).Update());
            new TextIndexer(connection, _cache.Store).Update(request.MaxTextAge);
            var totals = new SearchTotals(connection);
            var found = hints.Count > 0 ? new ArtifactSearchResult { Total = 0, Match = SearchMatch.None, Items = [], Hints = TextValues.Of(hints) } : null;
            for (var left = MostCorrections; found is null; left--)
            {
                // Another process that stores words makes the scores wrong for a moment.
                found = connection.Read(() => left == 0 || totals.AreRight() ? Find(connection, request, query, collections, deployments, members, stale, read) : null);
                if (found is null) totals.Correct();
            }

            return found with { Problems = problems };
        }
    }

    private static string? ProjectOf(List<IReadOnlyList<Deployment>> deployments) => deployments.Count == 0 ? null : deployments[^1].Select(deployment => deployment.Project).FirstOrDefault();

    private static ArtifactSearchResult Find(
        CacheConnection connection, ArtifactSearchRequest request, SearchQuery query, HashSet<string>? collections, List<IReadOnlyList<Deployment>> deployments, List<NamedArtifact>? members,
        List<NamedArtifact> stale, PageReader read)
    {
        var ids = deployments.Select(list => IdsOf(connection, list.Select(one => new NamedArtifact(one.Collection, one.Type, one.Name))));
        if (members is not null) ids = ids.Append(IdsOf(connection, members));
        var staleIds = query.IsStale is null ? null : IdsOf(connection, stale);
        if (query.IsStale == true) ids = ids.Append(staleIds!);
        var types = query.Types.Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        var typesOfRequest = request.Types.Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        var filter = new SearchFilter(
            types.Count == 0 ? typesOfRequest.Count == 0 ? null : typesOfRequest : typesOfRequest.Count == 0 ? types : types.Intersect(typesOfRequest),
            connection.Query("SELECT id, name FROM collection", row => (Id: row.GetInt64(0), Name: row.GetString(1))).Where(row => collections is null || collections.Contains(row.Name)).Select(row => row.Id),
            ids.Aggregate(default(HashSet<long>), (all, next) => all is null ? next : [.. all.Intersect(next)]),
            query.IsStale == false ? staleIds : null,
            query.Literals).ToParameters();
        foreach (var attempt in new MatchLadder(connection, query.Groups, [.. query.Tags, .. request.Tags]).Attempts())
        {
            var hasWords = attempt.Expression is not null;
            var total = (int)connection.Number(SearchStatements.Count(hasWords), hasWords ? [.. filter, attempt.Expression] : filter);
            if (total == 0) continue;
            var order = query.Groups.Count == 0 && request.Order == SearchOrder.Relevance ? SearchOrder.Name : request.Order;
            object?[] page = hasWords ? [.. filter, request.Limit, request.Offset, attempt.Expression] : [.. filter, request.Limit, request.Offset];
            var ranks = connection.Query(SearchStatements.Page(hasWords, order), row => (Id: row.GetInt64(0), Rank: row.GetDouble(1)), page);
            return new ArtifactSearchResult { Total = total, Match = attempt.Match, Items = [.. read(connection, ranks, attempt.Hits, query.Groups.Count > 0, ProjectOf(deployments))] };
        }

        return new ArtifactSearchResult { Total = 0, Match = SearchMatch.None, Items = [] };
    }

    private IEnumerable<FoundArtifact> Read(CacheConnection connection, List<(long Id, double Rank)> page, HitWords words, bool hasRank, string? project)
    {
        var rows = connection.Query(SearchStatements.Rows, row =>
        {
            var artifact = ArtifactRow.Read(row, 0, row.GetString(ArtifactRow.Count + 1));
            return (Id: row.GetInt64(ArtifactRow.Count + 2), Artifact: artifact, File: row.IsDBNull(ArtifactRow.Count + 3) ? "" : row.GetString(ArtifactRow.Count + 3));
        }, JsonText.Of(page.Select(one => one.Id))).ToRowDictionary(row => row.Id);
        var snippets = new SnippetMaker(new HitFinder(words));
        return page.Where(one => rows.ContainsKey(one.Id)).Select(one =>
        {
            var (_, artifact, file) = rows[one.Id];
            return new FoundArtifact(artifact)
            {
                Project = project,
                Score = hasRank ? ScoreOf(one.Rank) : 0,
                Snippet = snippets.Make(TextsOf(artifact, TextFiles.LastOf(file, artifact.Path, artifact.Id.Type))),
            };
        });
    }

    // The rank is negative, and the better the smaller.
    private static double ScoreOf(double rank) => rank < 0 ? Math.Round(-rank / (1 - rank), ScoreDigits) : 0;

    private IEnumerable<string?> TextsOf(Artifact artifact, string file)
    {
        yield return artifact.Description;
        // Only what lies in the artifact, whatever the row says.
        if (ArtifactPath.Contains(artifact.Path, file)) yield return ManifestText.Read(Path.Combine(_cache.Store.Layout.CollectionFolder(artifact.Collection), file.Replace('/', Path.DirectorySeparatorChar)));
        yield return artifact.Title;
    }

    private HashSet<string>? FindCollections(ArtifactSearchRequest request, SearchQuery query, List<string> hints)
    {
        foreach (var name in request.Collections) _cache.Store.CheckExists(name);
        var typed = new HashSet<string>(StringComparer.Ordinal);
        if (query.Collections.Count > 0)
        {
            var names = _cache.Store.ListNames();
            foreach (var wanted in query.Collections)
            {
                var found = names.Contains(wanted) ? [wanted] : names.Where(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
                if (found.Count == 0) hints.Add($"There is no collection '{wanted}'.{(names.Count == 0 ? "" : $" There are: {string.Join(", ", names)}.")}");
                typed.UnionWith(found);
            }
        }

        if (request.Collections.Count == 0) return typed.Count == 0 ? null : typed;
        return typed.Count == 0 ? request.Collections.ToHashSet(StringComparer.Ordinal) : typed.Intersect(request.Collections).ToHashSet(StringComparer.Ordinal);
    }

    // Of several collections, those that have the group.
    private List<NamedArtifact> FindMembers(string group, IReadOnlyList<string> collections)
    {
        var (found, hasGroup, refusal) = (new List<NamedArtifact>(), false, default(SkillMeatException));
        foreach (var name in collections.Count == 0 ? [_cache.Store.ActiveCollection] : collections)
        {
            try
            {
                found.AddRange(_cache.Store.Read(name).FindMembers(group).Select(artifact => new NamedArtifact(artifact.Collection, artifact.Type, artifact.Name)));
                hasGroup = true;
            }
            catch (SkillMeatException e) when (e.ErrorId == ErrorIds.EntryNotFound)
            {
                refusal ??= e;
            }
        }

        return hasGroup || refusal is null ? found : throw refusal;
    }

    private List<IReadOnlyList<Deployment>> FindDeployments(ArtifactSearchRequest request, SearchQuery query, List<string> hints)
    {
        var reader = new DeploymentReader(_cache.Store, _environment);
        var found = new List<IReadOnlyList<Deployment>>();
        foreach (var project in query.Projects)
        {
            try
            {
                found.Add(reader.Read(project, []));
            }
            catch (Exception e) when (e is SkillMeatException { ErrorId: ErrorIds.ProjectNotFound or ErrorIds.InvalidArgument } or ArgumentException or NotSupportedException)
            {
                hints.Add(e.Message);
            }
        }

        if (request.Project is { } asked) found.Add(reader.Read(asked, []));
        return found;
    }

    private List<NamedArtifact> FindStale(List<string> hints, CancellationToken cancellationToken)
    {
        try
        {
            return [.. new StaleArtifacts(_cache, _environment).Find(new StaleQuery(), cancellationToken).Artifacts.Select(one => new NamedArtifact(one.Collection, one.Type, one.Name))];
        }
        catch (SkillMeatException e) when (e is not StorageException)
        {
            hints.Add(e.Message);
            return [];
        }
    }

    private static HashSet<long> IdsOf(CacheConnection connection, IEnumerable<NamedArtifact> artifacts) =>
    [
        .. artifacts.Distinct().SelectMany(one => connection.Query(ByName, row => row.GetInt64(0), one.Type, one.Name, one.Collection)),
    ];

    private delegate IEnumerable<FoundArtifact> PageReader(CacheConnection connection, List<(long Id, double Rank)> page, HitWords words, bool hasRank, string? project);

    private readonly record struct NamedArtifact(string? Collection, string Type, string Name);
}
