using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Artifacts;

/// <summary>Artifacts: list and detail.</summary>
internal sealed class ArtifactEndpoints(ServedHome home)
{
    private readonly ArtifactReader _reader = new(home);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/collections/{collection}/artifacts", List).Describe("ListArtifacts", "Lists artifacts of a collection, with filters, by pages.").Returns<PageJson<ArtifactListItemJson>>();
        routes.MapGet("/collections/{collection}/artifacts/{id}", (string collection, string id) => Show(collection, id)).Describe("GetArtifactOfCollection", "Shows an artifact of a collection.").Returns<ArtifactDetailJson>();
        routes.MapGet("/artifacts/{id}", (string id, string? collection) => Show(collection, id)).Describe("GetArtifact", "Shows an artifact, of the active collection unless another is named.").Returns<ArtifactDetailJson>();
    }

    private JsonAnswer List(string collection, [AsParameters] ArtifactListQuery query, HttpRequest request, CancellationToken cancellationToken)
    {
        var read = home.Collections.Read(collection);
        var report = home.Artifacts.Find(query.ToQuery(read, request) with { MaxDeploymentAge = ArtifactReader.MaxDeploymentAge }, cancellationToken);
        var groups = GroupNames.Of(read);
        return JsonAnswer.Of(new PageJson<ArtifactListItemJson>(
            [.. report.Items.Select(one => ArtifactListItemJson.Of(one, groups.Find(one.Artifact.ArtifactId)))], report.Total, report.HasMore ? Cursor.OfPlace(request, report.Items[^1].Place) : null));
    }

    private JsonAnswer Show(string? collection, string id) => _reader.Show(home.Collections.Read(collection), id);
}
