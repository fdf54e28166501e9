using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Projects.Desired;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Definitions;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Jobs;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;

namespace SkillMeat.Server.Projects;

/// <summary>The file <c>skillmeat.toml</c> of a project: brings the project to its state, or writes it.</summary>
internal sealed class ProjectFileEndpoints(ServedHome home)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/projects/{project}/install", Install)
            .Describe("InstallProject", "Brings a project to the state of its skillmeat.toml: adds what the collection lacks, and deploys what the file names. With 'dry_run', upstream is not contacted.")
            .Takes(new ProjectInstallRequestJson(DryRun: true)).ReturnsJob(JobResult.List<InstalledJson>());
        routes.MapPost("/projects/{project}/export", Export)
            .Describe("ExportProject", "Writes the skillmeat.toml of a project from what is deployed in it. Comments and other keys stay, and with 'prune' false so do entries that are not deployed here.")
            .Takes(new ProjectExportRequestJson(DryRun: true)).ReturnsJob(JobResult.One<ProjectExportJson>());
    }

    private JsonAnswer Install(string project, ProjectInstallRequestJson? body, HttpContext context)
    {
        var request = new ProjectInstallRequest
        {
            Project = PathOf(project, context),
            Collection = string.IsNullOrEmpty(body?.Collection) ? null : home.Collections.Read(body.Collection).Name,
            Activate = body?.Activate == true,
            UseLinks = body?.Link == true,
            Force = body?.Force == true,
            DryRun = body?.DryRun == true,
            LockTimeout = home.LockTimeout,
        };
        return JsonAnswer.Accepted(home.Jobs.Start("install", request.Collection, job => InstallAsync(job, request)));
    }

    private JsonAnswer Export(string project, ProjectExportRequestJson? body, HttpContext context)
    {
        var (path, isDry) = (PathOf(project, context), body?.DryRun == true);
        var exporter = new ProjectExporter(home.Store, home.Options.Environment) { Prune = body?.Prune == true };
        return JsonAnswer.Accepted(home.Jobs.Start("export", null, async job => ProjectExportJson.Of(await exporter.ExportAsync(path, isDry, home.LockTimeout, job.Cancellation))));
    }

    private async Task<IEnumerable<InstalledJson>> InstallAsync(Job job, ProjectInstallRequest request)
    {
        using var session = home.OpenUpstream();
        try
        {
            return [.. (await new ProjectInstaller(home.Store, home.Options.Environment).InstallAsync(request, session, job.Cancellation)).Select(InstalledJson.Of)];
        }
        finally
        {
            // The files of projects are not watched.
            if (!request.DryRun) home.DeploymentsChanged();
        }
    }

    private string PathOf(string project, HttpContext context) => home.Projects.Get(AddressName.Of(context, nameof(project), project)).Path;
}
