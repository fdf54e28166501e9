using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Cache.Deployments;
using SkillMeat.Collections;
using SkillMeat.Projects.Drift;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Projects;

/// <summary>Everything that is deployed, and how it differs from the collections.</summary>
internal sealed class DeploymentEndpoints(ServedHome home)
{
    private const string OfCollection = "Only deployments of this collection.";
    private const string OfGroup = "Only deployments of the members of this group, which is one of the collection, or of the active one.";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/deployments", List).Describe("ListDeployments", "Lists everything that is deployed, in all projects and in the user's own folders, with its state and with counts.")
            .With("state", "modified", "Only these states: in_sync, modified, outdated, conflict, converged, added, removed, orphaned, missing. What no record knows is listed only with added.")
            .With("profile", "claude_code", "Only these agents.").With("update", "true", "Only deployments of artifacts that have an update upstream, as the last checks found.")
            .With("sort", "project", "project, name, type, state or date.")
            .With("collection", "default", OfCollection).With("group", "documents", OfGroup).Returns<DeploymentPageJson>();
        routes.MapGet("/drift", ListDrift).Describe("ListDrift", "Compares the copies in projects with what was deployed and with the collections. Without a project, all are compared.")
            .With("profile", "claude_code", "Only these agents.").With("in_sync", "false", "Whether to list copies in sync, too.")
            .With("collection", "default", OfCollection).With("group", "documents", OfGroup).Returns<DriftPageJson>();
    }

    private JsonAnswer List([AsParameters] DeploymentListQuery query, HttpRequest request, CancellationToken cancellationToken)
    {
        var (limit, states) = (PageQuery.Limit(query.Limit), query.States());
        var report = home.Deployments.Find(query.ToQuery(home.Projects), cancellationToken);
        var updates = home.Artifacts.FindUpdates(cancellationToken);
        var withUpdate = report.Deployments.Where(one => updates.Count > 0 && one.Collection is { } collection && updates.Contains((collection, one.ArtifactId))).ToList();
        IReadOnlyList<DeploymentStatus> chosen = query.Update == true ? withUpdate : report.Deployments;
        var counts = chosen.GroupBy(one => one.State).OrderBy(group => group.Key).ToDictionary(group => JsonNamingPolicy.SnakeCaseLower.ConvertName(group.Key.ToString()), group => group.Count());
        var page = PageQuery.Of(request, query.Sorted(chosen.Where(one => DeploymentListQuery.IsIn(one, states))), limit, query.Cursor, query.KeyOf);
        return JsonAnswer.Of(new DeploymentPageJson(
            [.. page.Items.Select(DeploymentJson.Of)], page.Total, page.NextCursor, counts, withUpdate.Count(one => DeploymentListQuery.IsIn(one, states)),
            report.Problems.ToDictionary(one => one.Key, one => one.Value.Message, StringComparer.Ordinal)));
    }

    private JsonAnswer ListDrift(
        [FromQuery] string[]? project, [FromQuery] string[]? profile, [FromQuery] string[]? type, string? collection, string? group, bool? in_sync, int? limit, string? cursor, HttpRequest http,
        CancellationToken cancellationToken)
    {
        PageQuery.Limit(limit);
        var named = (project ?? []).Where(one => one.Length > 0).ToList();
        var request = new DriftRequest
        {
            Projects = [.. named.Where(one => one != ProjectAddress.User).Select(one => home.Projects.Get(one).Path)],
            AllProjects = named.Count == 0,
            IncludeUser = named.Count == 0 || named.Contains(ProjectAddress.User),
            Profiles = [.. QueryValue.Parts(profile)],
            Types = [.. ArtifactFilter.Parse(QueryValue.Parts(type), []).Types.Select(one => one.Name)],
            Collection = string.IsNullOrEmpty(collection) ? null : collection,
            Group = string.IsNullOrEmpty(group) ? null : group,
            IncludeInSync = in_sync == true,
        };
        var report = new DriftChecker(home.Store, home.Options.Environment).Check(request, cancellationToken);
        var page = PageQuery.Of<DriftJson>(http, [.. report.Artifacts.Select(DriftJson.Of)], limit, cursor, one => $"{one.Project}\n{one.Profile}\n{one.ArtifactId}\n{one.Path}");
        return JsonAnswer.Of(new DriftPageJson(page.Items, page.Total, page.NextCursor, report.Problems.ToDictionary(one => one.Key, one => one.Value.Message, StringComparer.Ordinal)));
    }
}
