using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Definitions;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Jobs;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;

namespace SkillMeat.Server.Projects;

/// <summary>Deployments into projects, and their removal.</summary>
internal sealed class DeployEndpoints(ServedHome home)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/projects/{project}/deploy", Deploy).Describe("DeployArtifacts", "Copies or links artifacts into a project, or with '~' as the project into the user's own folders.")
            .Takes(new DeployRequestJson(["skill:pdf-tools"], DryRun: true)).ReturnsJob(JobResult.List<DeployedJson>());
        routes.MapPost("/projects/{project}/undeploy", Undeploy).Describe("UndeployArtifacts", "Removes deployed artifacts from a project: named ones, the members of a group, or all. Files that the user added stay.")
            .Takes(new DeployRequestJson(["skill:pdf-tools"], DryRun: true)).ReturnsJob(JobResult.List<DeployedJson>());
    }

    private JsonAnswer Deploy(string project, DeployRequestJson body, HttpContext context)
    {
        var request = RequestOf(AddressName.Of(context, nameof(project), project), body, ReadCollection(body.Collection));
        if (request.Artifacts.Count == 0 && !request.All && request.Group is null) throw Unnamed();
        var read = home.Collections.Read(request.Collection);
        // Before the job begins, so that the request itself says what is wrong.
        foreach (var name in request.Artifacts.Where(name => NamePattern.Simple(name).IsLiteral)) read.Find(name);
        if (request.Group is { } group) read.FindMembers(group);
        return Begin("deploy", read.Name, request, (deployer, cancellationToken) => deployer.DeployAsync(request, cancellationToken));
    }

    private JsonAnswer Undeploy(string project, DeployRequestJson body, HttpContext context)
    {
        var request = RequestOf(AddressName.Of(context, nameof(project), project), body, FindCollection(body.Collection)) with { Mode = DeployMode.Copy, Activate = false };
        if (request.Artifacts.Count == 0 && !request.All && request.Group is null) throw Unnamed();
        if (request.All && request.Group is not null) throw new SkillMeatException(ErrorIds.InvalidArgument, "Name a group, or send \"all\": true.");
        if (request.Group is { } group) home.Collections.Read(request.Collection).FindGroup(group);
        return Begin("undeploy", request.Collection, request, (deployer, cancellationToken) => deployer.UndeployAsync(request, cancellationToken));
    }

    private JsonAnswer Begin(string kind, string? collection, DeployRequest request, Func<ArtifactDeployer, CancellationToken, Task<IReadOnlyList<DeployedArtifact>>> runAsync) =>
        JsonAnswer.Accepted(home.Jobs.Start(kind, collection, job => RunAsync(job, request, runAsync)));

    private async Task<IEnumerable<DeployedJson>> RunAsync(Job job, DeployRequest request, Func<ArtifactDeployer, CancellationToken, Task<IReadOnlyList<DeployedArtifact>>> runAsync)
    {
        try
        {
            return [.. (await runAsync(new ArtifactDeployer(home.Store, home.Options.Environment), job.Cancellation)).Select(DeployedJson.Of)];
        }
        finally
        {
            // The files of projects are not watched.
            if (!request.DryRun) home.DeploymentsChanged();
        }
    }

    private DeployRequest RequestOf(string project, DeployRequestJson body, string? collection)
    {
        if ((body.Artifacts ?? []).Concat(body.Profiles ?? []).Any(string.IsNullOrWhiteSpace)) throw new SkillMeatException(ErrorIds.InvalidArgument, "The name of an artifact or profile is empty.");
        BodyValue.CheckLengths("artifacts", body.Artifacts);
        if (body.All == true && body.Artifacts is { Count: > 0 }) throw new SkillMeatException(ErrorIds.InvalidArgument, "Name the artifacts, or send \"all\": true.");
        var isUser = project == ProjectAddress.User;
        return new DeployRequest
        {
            Artifacts = body.Artifacts ?? [],
            All = body.All == true,
            Group = string.IsNullOrEmpty(body.Group) ? null : body.Group,
            Type = body.Type is null ? null : ArtifactType.Parse(body.Type).Name,
            Collection = collection,
            Projects = isUser ? [] : [home.Projects.Get(project).Path],
            IncludeUser = isUser,
            Profiles = [.. body.Profiles ?? [], .. string.IsNullOrEmpty(body.Profile) ? [] : new[] { body.Profile }],
            Mode = body.Link == true ? DeployMode.Link : DeployMode.Copy,
            Activate = body.Activate == true,
            Force = body.Force == true,
            DryRun = body.DryRun == true,
            LockTimeout = home.LockTimeout,
        };
    }

    private string? ReadCollection(string? name) => string.IsNullOrEmpty(name) ? null : home.Collections.Read(name).Name;

    // The record of a copy can name a collection that is gone.
    private string? FindCollection(string? name)
    {
        try
        {
            return ReadCollection(name);
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.CollectionNotFound)
        {
            return name;
        }
    }

    private static SkillMeatException Unnamed() => new(ErrorIds.InvalidArgument, "Name the artifacts: {\"artifacts\": [\"skill:pdf-tools\"]}, or send \"all\": true.");
}
