using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Cache.Lists;
using SkillMeat.Cache.Search;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Artifacts;

/// <summary>Artifacts: list and detail.</summary>
internal sealed class ArtifactEndpoints(ServedHome home)
{
    // Searches follow each other while somebody types.
    private static readonly TimeSpan _maxTextAge = TimeSpan.FromSeconds(5);

    private readonly ArtifactReader _reader = new(home);
    private readonly ArtifactSearch _search = new(home.Cache, home.Options.Environment);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/collections/{collection}/artifacts", List)
            .Describe("ListArtifacts", "Lists artifacts of a collection, with filters, by pages. A text is searched for as in the search of the cache, best matches first unless another order is asked for.").With("q", "pdf").Returns<PageJson<ArtifactListItemJson>>();
        routes.MapGet("/collections/{collection}/artifact-facets", ListFacets)
            .Describe("ListArtifactFacets", "Lists the types, origins and tags of all artifacts of a collection, with the number of artifacts of each.").Returns<ArtifactFacetsJson>();
        routes.MapGet("/collections/{collection}/artifacts/{id}", (string collection, string id) => Show(collection, id)).Describe("GetArtifactOfCollection", "Shows an artifact of a collection.").Returns<ArtifactDetailJson>();
        routes.MapGet("/artifacts/{id}", (string id, string? collection) => Show(collection, id)).Describe("GetArtifact", "Shows an artifact, of the active collection unless another is named.").Returns<ArtifactDetailJson>();
    }

    private JsonAnswer List(string collection, [AsParameters] ArtifactListQuery query, HttpRequest request, CancellationToken cancellationToken)
    {
        var read = home.Collections.Read(collection);
        var report = home.Artifacts.Find(Search(query.ToQuery(read, request), query.Sort is null, cancellationToken) with { MaxDeploymentAge = ArtifactReader.MaxDeploymentAge }, cancellationToken);
        var groups = GroupNames.Of(read);
        return JsonAnswer.Of(new PageJson<ArtifactListItemJson>(
            [.. report.Items.Select(one => ArtifactListItemJson.Of(one, groups.Find(one.Artifact.ArtifactId)))], report.Total, report.HasMore ? Cursor.OfPlace(request, report.Items[^1].Place) : null));
    }

    private JsonAnswer ListFacets(string collection) => JsonAnswer.Of(ArtifactFacetsJson.Of(home.Collections.Read(collection)));

    private ListQuery Search(ListQuery query, bool isUnsorted, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(query.Text)) return query;
        var found = _search.FindIds(
            new ArtifactSearchRequest { Text = query.Text, Types = query.Types, Collections = [query.Collection], Limit = int.MaxValue, MaxTextAge = _maxTextAge }, cancellationToken);
        // Signs alone are no words; a name can have them.
        if (found.Count == 0) return query;
        var members = query.Ids?.ToHashSet(StringComparer.Ordinal);
        return query with { Text = null, Ids = members is null ? found : [.. found.Where(members.Contains)], Order = isUnsorted ? ListedOrder.Relevance : query.Order };
    }

    private JsonAnswer Show(string? collection, string id) => _reader.Show(home.Collections.Read(collection), id);
}
