using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Syncing;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Jobs;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;

namespace SkillMeat.Server.Projects;

/// <summary>Syncs between projects and collections.</summary>
internal sealed class SyncEndpoints(ServedHome home)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/sync", Start)
        .Describe("SyncProjects", "Synchronizes the copies in projects with the collections: push (to the collection), pull (to the project) or both. With conflicts, an artifact is changed on neither side.")
        .Takes(new SyncRequestJson(SyncDirection.Both, ["/home/ada/app"], ["skill:pdf-tools"], SyncStrategy.Merge, DryRun: true)).ReturnsJob(JobResult.List<SyncJson>());

    private JsonAnswer Start(SyncRequestJson? body)
    {
        body ??= new SyncRequestJson();
        if (body.Strategy == SyncStrategy.Prompt) throw Invalid("The strategy 'prompt' asks at a console. Use merge, overwrite or fork.");
        if (body.Strategy == SyncStrategy.Overwrite && body.Direction is null or SyncDirection.Both) throw Invalid("To overwrite one side, name the direction: push or pull.");
        if (body.ResolveWith is { } side && !SyncResolution.IsSide(side)) throw Invalid("resolve_with takes 'project' or 'collection'.");
        if ((body.Artifacts ?? []).Concat(body.Projects ?? []).Any(string.IsNullOrWhiteSpace)) throw Invalid("A name is empty.");
        if (body.Group is { } group)
        {
            if (string.IsNullOrWhiteSpace(group)) throw Invalid("A name is empty.");
            // Before the job begins, so that the request itself says what is wrong.
            home.Collections.Read(string.IsNullOrEmpty(body.Collection) ? null : body.Collection).FindGroup(group);
        }

        var named = body.Projects ?? home.Projects.FindAll();
        var request = new SyncRequest
        {
            Projects = [.. named.Where(one => one != ProjectAddress.User).Select(one => body.Projects is null ? one : home.Projects.Get(one).Path)],
            IncludeUser = body.User == true || named.Contains(ProjectAddress.User),
            Profiles = string.IsNullOrEmpty(body.Profile) ? [] : [body.Profile],
            Types = body.Type is null ? [] : [.. ArtifactFilter.Parse([body.Type], []).Types.Select(type => type.Name)],
            Names = [.. (body.Artifacts ?? []).Select(NamePattern.Simple)],
            Collection = string.IsNullOrEmpty(body.Collection) ? null : body.Collection,
            Group = body.Group,
            Direction = body.Direction ?? SyncDirection.Both,
            Strategy = body.Strategy ?? SyncStrategy.Merge,
            ResolveWith = body.ResolveWith is null ? null : SyncResolution.Parse(body.ResolveWith, home.BaseFolder),
            ForkName = string.IsNullOrEmpty(body.ForkName) ? null : body.ForkName,
            DryRun = body.DryRun == true,
            LockTimeout = home.LockTimeout,
        };
        return JsonAnswer.Accepted(home.Jobs.Start("sync", request.Collection, job => RunAsync(job, request)));
    }

    private async Task<IEnumerable<SyncJson>> RunAsync(Job job, SyncRequest request)
    {
        if (request.Projects.Count == 0 && !request.IncludeUser) return [];
        try
        {
            return [.. (await new ProjectSyncer(home.Store, home.Options.Environment).SyncAsync(request, job.Cancellation)).Entries.Select(SyncJson.Of)];
        }
        finally
        {
            if (!request.DryRun) home.DeploymentsChanged();
        }
    }

    private static SkillMeatException Invalid(string message) => new(ErrorIds.InvalidArgument, message);
}
