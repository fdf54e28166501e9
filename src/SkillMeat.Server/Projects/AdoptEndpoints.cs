using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Adoption;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Jobs;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;

namespace SkillMeat.Server.Projects;

/// <summary>Adopts what lies in projects.</summary>
internal sealed class AdoptEndpoints(ServedHome home)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/adopt", Start)
        .Describe("AdoptArtifacts", "Takes artifacts that lie in projects, without a record or with one of an artifact that the home does not have, into a collection, and makes the copies deployments. Their files stay as they are. "
            + "With 'online', upstream is asked for the commit of files that are as they were fetched.")
        .Takes(new AdoptRequestJson(["/home/ada/app"], ["skill:pdf-tools"], DryRun: true)).ReturnsJob(JobResult.List<AdoptJson>());

    private JsonAnswer Start(AdoptRequestJson? body)
    {
        var projects = body?.Projects ?? [];
        if (projects.Count == 0 && body?.User != true) throw Invalid("Name the projects: {\"projects\": [\"/path/of/one\"]}, or {\"user\": true} for the user's own folders.");
        if ((body!.Artifacts ?? []).Concat(projects).Any(string.IsNullOrWhiteSpace)) throw Invalid("A name is empty.");
        var request = new AdoptRequest
        {
            Projects = [.. projects.Where(one => one != ProjectAddress.User).Select(one => home.Projects.Get(one).Path)],
            IncludeUser = body.User == true || projects.Contains(ProjectAddress.User),
            Profiles = string.IsNullOrEmpty(body.Profile) ? [] : [body.Profile],
            Types = body.Type is null ? [] : [.. ArtifactFilter.Parse([body.Type], []).Types.Select(type => type.Name)],
            Names = [.. (body.Artifacts ?? []).Select(NamePattern.Simple)],
            Collection = string.IsNullOrEmpty(body.Collection) ? null : home.Collections.Read(body.Collection).Name,
            SkipPlugins = body.SkipPlugins == true,
            DryRun = body.DryRun == true,
            LockTimeout = home.LockTimeout,
        };
        return JsonAnswer.Accepted(home.Jobs.Start("adopt", request.Collection, job => RunAsync(job, request, body.Online == true)));
    }

    private async Task<IEnumerable<AdoptJson>> RunAsync(Job job, AdoptRequest request, bool isOnline)
    {
        using var session = isOnline ? home.OpenUpstream() : null;
        try
        {
            return [.. (await new ArtifactAdopter(home.Store, home.Options.Environment, session).AdoptAsync(request, job.Cancellation)).Artifacts.Select(AdoptJson.Of)];
        }
        finally
        {
            if (!request.DryRun) home.DeploymentsChanged();
        }
    }

    private static SkillMeatException Invalid(string message) => new(ErrorIds.InvalidArgument, message);
}
