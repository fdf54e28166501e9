using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Errors;
using SkillMeat.Projects.Registry;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Jobs;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;

namespace SkillMeat.Server.Projects;

/// <summary>Searches folders for projects.</summary>
internal sealed class ProjectSearchEndpoints(ServedHome home)
{
    // No path has more levels.
    private const int MostLevels = 1000;

    private readonly ProjectRegistry _registry = new(home.Store, home.Options.Environment);

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/projects:find", Start)
        .Describe("FindProjects", "Finds folders that have the folders of an agent or deployment records, in any folder of this machine that the user can read. Registers none.")
        .Takes(new FindProjectsRequestJson("/home/ada", ProjectRegistry.DefaultDepth)).ReturnsJob(JobResult.List<ServedProjectJson>());

    private JsonAnswer Start(FindProjectsRequestJson body)
    {
        if (string.IsNullOrWhiteSpace(body.Folder)) throw Invalid("Name the folder to search: {\"folder\": \"/home/ada\"}.");
        FolderPath.Check(body.Folder);
        var (folder, depth) = (Path.GetFullPath(body.Folder, home.BaseFolder), body.Depth ?? ProjectRegistry.DefaultDepth);
        if (depth is < 0 or > MostLevels) throw Invalid($"depth is {depth}. It can be 0 to {MostLevels}.");
        // Before the job begins, so that the request itself says what is wrong.
        _ = _registry.Find(folder, depth);
        return JsonAnswer.Accepted(home.Jobs.Start("find-projects", null, job => Task.Run<IEnumerable<ServedProjectJson>>(() => Find(job, folder, depth))));
    }

    private List<ServedProjectJson> Find(Job job, string folder, int depth)
    {
        var found = new List<ServedProjectJson>();
        foreach (var project in _registry.Find(folder, depth, job.Cancellation))
        {
            found.Add(ServedProjectJson.Of(project));
            job.Report(found.Count, 0, "Searching");
        }

        return found;
    }

    private static SkillMeatException Invalid(string message) => new(ErrorIds.InvalidArgument, message);
}
