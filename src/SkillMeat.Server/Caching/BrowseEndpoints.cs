using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Artifacts;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;

namespace SkillMeat.Server.Caching;

/// <summary>Lists what repositories and folders contain.</summary>
internal sealed class BrowseEndpoints(ServedHome home)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/browse", Start)
        .Describe("BrowseSource", "Lists the artifacts in a repository or folder. A folder can be any one of this machine that the user can read.")
            .Takes(new BrowseRequestJson("octo/skills")).ReturnsJob(JobResult.List<UpstreamArtifactJson>());

    private JsonAnswer Start(BrowseRequestJson body)
    {
        var collection = string.IsNullOrEmpty(body.Collection) ? home.Collections.Read().Name : home.Collections.Read(body.Collection).Name;
        var sources = AddSources.Read(collection, new AddRequestJson(body.Source is null ? null : [body.Source], All: true, Type: body.Type), home.BaseFolder);
        return JsonAnswer.Accepted(home.Jobs.Start("browse", collection, job => new ArtifactJobs(home).PreviewAsync(job, sources)));
    }
}
