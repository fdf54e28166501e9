using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Cache;
using SkillMeat.Cache.Search;
using SkillMeat.Cache.Stale;
using SkillMeat.Collections;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Collections;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Caching;

/// <summary>The cache: status, search, stale artifacts.</summary>
internal sealed class CacheEndpoints(ServedHome home)
{
    // Searches follow each other while somebody types.
    private static readonly TimeSpan _maxTextAge = TimeSpan.FromSeconds(5);

    private readonly CacheMaintenance _maintenance = new(home.Cache);
    private readonly ArtifactSearch _search = new(home.Cache, home.Options.Environment);
    private readonly StaleArtifacts _stale = new(home.Cache, home.Options.Environment);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cache/status", Status).Describe("GetCacheStatus", "Shows the status of the cache.").Returns<CacheStatusJson>();
        routes.MapPost("/cache/rebuild", Rebuild).Describe("RebuildCache", "Deletes the cache, and reads everything again.").Returns<CacheStatusJson>();
        routes.MapPost("/cache/clear", Clear).Describe("ClearCache", "Deletes the cache. The next question makes a new one.").Returns<CacheStatusJson>();
        routes.MapGet("/cache/search", Search).Describe("SearchArtifacts", "Searches the artifacts of all collections, by their words and the texts of their files.")
            .With("q", "pdf").With("collection", "default", "Only these collections: names, or patterns with * and ?.")
            .With("group", "documents", "Only members of this group, which is one of the collections, or of the active one.").Returns<SearchJson>();
        routes.MapGet("/cache/stale-artifacts", ListStale).Describe("ListStaleArtifacts", "Lists artifacts that are behind the collection or upstream.")
            .With("collection", "default", "Only these collections: names, or patterns with * and ?.")
            .With("group", "documents", "Only members of this group, which is one of the collection, or of the active one.").Returns<PageJson<StaleJson>>();
    }

    private JsonAnswer Status(CancellationToken cancellationToken) => JsonAnswer.Of(CacheStatusJson.Of(_maintenance.GetStatus(cancellationToken)));

    private JsonAnswer Rebuild(HttpContext context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, home.Stopping);
        return JsonAnswer.Of(CacheStatusJson.Of(_maintenance.Update(rebuild: true, stop.Token)));
    }

    private JsonAnswer Clear(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _maintenance.Clear();
        return JsonAnswer.Of(CacheStatusJson.Of(_maintenance.GetStatus(cancellationToken)));
    }

    private JsonAnswer Search([AsParameters] SearchQuery query, CancellationToken cancellationToken)
    {
        var collections = QueryValue.Parts(query.Collection).ToList();
        var request = new ArtifactSearchRequest
        {
            Text = query.Text ?? "",
            Types = ArtifactFilter.Parse(QueryValue.Parts(query.Type), []).Types,
            Tags = [.. QueryValue.Parts(query.Tag)],
            Collections = collections.Count == 0 ? [] : CollectionNames.Resolve(home.Store, collections),
            Group = string.IsNullOrEmpty(query.Group) ? null : query.Group,
            Project = string.IsNullOrEmpty(query.Project) ? null : query.Project,
            Order = query.Sort is null ? SearchOrder.Relevance : QueryValue.Enum<SearchOrder>("sort", query.Sort),
            Limit = PageQuery.Limit(query.Limit ?? ArtifactSearchRequest.DefaultLimit),
            Offset = query.Offset ?? 0,
            MaxTextAge = _maxTextAge,
        };
        return JsonAnswer.Of(SearchJson.Of(_search.Search(request, cancellationToken)));
    }

    private JsonAnswer ListStale([AsParameters] StaleListQuery query, HttpRequest request, CancellationToken cancellationToken) => JsonAnswer.Of(PageQuery.Of<StaleJson>(
        request,
        [.. query.Find(home, _stale, cancellationToken).Select(StaleJson.Of)],
        query.Limit,
        query.Cursor,
        one => $"{one.Difference}\n{one.CommitsBehind}\n{one.Collection}\n{one.ArtifactId}\n{one.Project}\n{one.Profile}"));
}
