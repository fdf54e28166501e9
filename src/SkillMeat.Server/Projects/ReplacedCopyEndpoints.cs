using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Restoring;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Definitions;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Jobs;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Projects;

/// <summary>The contents that forced deployments, removals and syncs replaced in a project: lists them, and writes them back.</summary>
internal sealed class ReplacedCopyEndpoints(ServedHome home)
{
    private readonly ProjectRestorer _restorer = new(home.Store, home.Options.Environment);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/projects/{project}/replaced-copies", List)
            .Describe("ListReplacedCopies", "Lists what forced deployments, removals and syncs replaced in a project, or with '~' as the project in the user's own folders, newest first.").Returns<PageJson<ReplacedCopyJson>>();
        routes.MapPost("/projects/{project}/restore", Restore)
            .Describe("RestoreCopies", "Writes replaced contents back into a project: of each copy the last one, or that of 'replaced_at'. What they replace is kept in turn. A copy that was edited since needs 'force'.")
            .Takes(new RestoreCopiesRequestJson(["skill:pdf-tools"], DryRun: true)).ReturnsJob(JobResult.List<ReplacedCopyJson>());
    }

    private JsonAnswer List(string project, int? limit, string? cursor, HttpContext context, CancellationToken cancellationToken) => JsonAnswer.Of(PageQuery.Of<ReplacedCopyJson>(
        context.Request, [.. _restorer.List(RequestOf(project, context), cancellationToken).Select(ReplacedCopyJson.Of)], limit, cursor, one => $"{one.Path}\n{one.ReplacedAt.UtcTicks}"));

    private JsonAnswer Restore(string project, RestoreCopiesRequestJson body, HttpContext context)
    {
        var names = BodyValue.Texts("artifacts", body.Artifacts) ?? [];
        if (names.Count > 0 == (body.All == true)) throw new SkillMeatException(ErrorIds.InvalidArgument, "Name the artifacts: {\"artifacts\": [\"skill:pdf-tools\"]}, or send \"all\": true.");
        var request = RequestOf(project, context) with
        {
            Names = [.. names.Select(NamePattern.Simple)],
            ReplacedAt = body.ReplacedAt,
            Force = body.Force == true,
            DryRun = body.DryRun == true,
            LockTimeout = home.LockTimeout,
        };
        return JsonAnswer.Accepted(home.Jobs.Start("restore-copies", null, job => RestoreAsync(job, request)));
    }

    private async Task<IEnumerable<ReplacedCopyJson>> RestoreAsync(Job job, RestoreCopiesRequest request)
    {
        try
        {
            return [.. (await _restorer.RestoreAsync(request, job.Cancellation)).Select(ReplacedCopyJson.Of)];
        }
        finally
        {
            if (!request.DryRun) home.DeploymentsChanged();
        }
    }

    private RestoreCopiesRequest RequestOf(string project, HttpContext context)
    {
        var name = AddressName.Of(context, nameof(project), project);
        var isUser = name == ProjectAddress.User;
        return new RestoreCopiesRequest { Projects = isUser ? [] : [home.Projects.Get(name).Path], IncludeUser = isUser };
    }
}
