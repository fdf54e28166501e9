using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Errors;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Registry;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Definitions;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Projects;

/// <summary>Projects: list, register, show, forget; and the coding agents that they have.</summary>
internal sealed class ProjectEndpoints(ServedHome home)
{
    private readonly ProjectRegistry _registry = new(home.Store, home.Options.Environment);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/projects", List).Describe("ListProjects", "Lists the registered projects by name.").Returns<PageJson<ServedProjectJson>>();
        routes.MapPost("/projects", RegisterAsync).Describe("RegisterProject", "Registers a folder as a project: any folder of this machine that can be one, as at the command line.")
            .Takes(new ProjectRequestJson("/home/ada/app")).Returns<ServedProjectJson>(StatusCodes.Status201Created);
        routes.MapGet("/projects/{project}", Show).Describe("GetProject", "Shows a project, by its id or name, or any folder by its path with escapes.").Returns<ServedProjectJson>();
        routes.MapDelete("/projects/{project}", ForgetAsync).Describe("ForgetProject", "Forgets a project. Its folder and its deployments stay.").Returns<ServedProjectJson>();
        routes.MapGet("/profiles", ListProfiles).Describe("ListProfiles", "Lists the coding agents that are known, and which of them this machine and a project have.").Returns<PageJson<ProfileJson>>();
    }

    private JsonAnswer List(int? limit, string? cursor, HttpRequest request) =>
        JsonAnswer.Of(PageQuery.Of<ServedProjectJson>(request, [.. _registry.List().Select(ServedProjectJson.Of)], limit, cursor, one => $"{one.Name}\n{one.Path}"));

    private Task<JsonAnswer> RegisterAsync(ProjectRequestJson body, HttpContext context)
    {
        if (body.Path is not { } path || string.IsNullOrWhiteSpace(path)) throw new SkillMeatException(ErrorIds.InvalidArgument, "The project has no path: send {\"path\": \"/home/ada/app\"}.");
        FolderPath.Check(path);
        return home.Edits.RunForHomeAsync(context, async () =>
        {
            var project = (await _registry.RegisterAsync([Path.GetFullPath(path, home.BaseFolder)], home.LockTimeout, body.Name, context.RequestAborted))[0];
            home.Events.Look();
            var json = ServedProjectJson.Of(project);
            return JsonAnswer.Created($"{ServiceRoutes.Base}/projects/{json.Id}", json);
        });
    }

    private static string NameOf(HttpContext context, string project) => AddressName.Of(context, nameof(project), project);

    private JsonAnswer Show(string project, HttpContext context) => JsonAnswer.Of(ServedProjectJson.Of(home.Projects.Get(NameOf(context, project))));

    private Task<JsonAnswer> ForgetAsync(string project, HttpContext context) => home.Edits.RunForHomeAsync(context, async () =>
    {
        var expects = IfMatch.Expect<Project>(context, current => JsonAnswer.Of(ServedProjectJson.Of(current)));
        var forgotten = (await _registry.UnregisterAsync([home.Projects.Find(NameOf(context, project))], home.LockTimeout, expects, context.RequestAborted))[0];
        home.Events.Look();
        return JsonAnswer.Of(ServedProjectJson.Of(forgotten));
    });

    private JsonAnswer ListProfiles(string? project) =>
        JsonAnswer.Of(PageQuery.Whole<ProfileJson>([.. new ProfileDetector(home.Store, home.Options.Environment).List(string.IsNullOrEmpty(project) ? null : home.Projects.Find(project)).Select(ProfileJson.Of)]));
}
