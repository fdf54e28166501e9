using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Cache.Deployments;
using SkillMeat.Collections;
using SkillMeat.Projects.Comparing;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;
using SkillMeat.Server.Projects;
using SkillMeat.Snapshots.Comparing;

namespace SkillMeat.Server.Artifacts;

/// <summary>The versions of artifacts, their differences, and where they are deployed.</summary>
internal sealed class ArtifactHistoryEndpoints(ServedHome home)
{
    private const string Deployed = "deployed";

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, of) in ArtifactRoutes.All)
        {
            routes.MapGet($"{path}/versions", ListVersions).Describe($"ListArtifactVersions{of}", "Lists the states of an artifact in snapshots, the newest first.").Returns<PageJson<ArtifactVersionJson>>();
            routes.MapGet($"{path}/diff", CompareAsync).Describe($"CompareArtifact{of}", "Compares two states of an artifact. For upstream, upstream is contacted.")
                .With("from", "base", "collection, upstream, base (as it was fetched or deployed), deployed (the copy in a project), or the id of a snapshot.").With("to", "collection", "As from.")
                .With("profile", "claude_code", "The agent in the project.").Returns<ComparisonJson>();
            routes.MapGet($"{path}/deployments", ListDeployments).Describe($"ListArtifactDeployments{of}", "Lists the copies of an artifact in projects.").Returns<PageJson<DeploymentJson>>();
        }
    }

    private JsonAnswer ListVersions(string? collection, string id, int? limit, string? cursor, HttpRequest request, CancellationToken cancellationToken)
    {
        var read = home.Collections.Read(collection);
        return JsonAnswer.Of(
            PageQuery.Of<ArtifactVersionJson>(request, [.. new SnapshotComparer(home.Store).ListStates(read.Name, read.Find(id), cancellationToken).Select(ArtifactVersionJson.Of)], limit, cursor, one => one.SnapshotId));
    }

    private async Task<JsonAnswer> CompareAsync(string? collection, string id, string? from, string? to, string? project, string? profile, CancellationToken cancellationToken)
    {
        var read = home.Collections.Read(collection);
        var (old, now) = (SideOf(from ?? (project is null ? "base" : "collection")), SideOf(to ?? (project is null ? "collection" : Deployed)));
        var isUser = project == ProjectAddress.User;
        var request = new CompareRequest
        {
            Artifact = project is null ? read.Find(id).ArtifactId : id,
            Collection = read.Name,
            Project = isUser || string.IsNullOrEmpty(project) ? null : home.Projects.Find(project),
            IsUser = isUser,
            Profile = string.IsNullOrEmpty(profile) ? null : profile,
            From = old,
            To = now,
        };
        using var session = old == CompareSide.Upstream || now == CompareSide.Upstream ? home.OpenUpstream() : null;
        return JsonAnswer.Of(ComparisonJson.Of(await new ArtifactComparer(home.Store, home.Options.Environment).CompareAsync(request, session, cancellationToken)));
    }

    private JsonAnswer ListDeployments(string? collection, string id, int? limit, string? cursor, HttpRequest request, CancellationToken cancellationToken)
    {
        var read = home.Collections.Read(collection);
        var artifact = read.Find(id);
        var query = new DeploymentQuery { Types = [artifact.Type], Names = [NamePattern.Simple(artifact.Name) with { Fits = name => name == artifact.Name, IsLiteral = true }] };
        var found = home.Deployments.Find(query, cancellationToken).Deployments.Where(one => one.Collection == read.Name);
        return JsonAnswer.Of(PageQuery.Of<DeploymentJson>(request, [.. found.Select(DeploymentJson.Of)], limit, cursor, one => $"{one.Project}\n{one.Profile}\n{one.Path}"));
    }

    private static CompareSide SideOf(string text) => text switch
    {
        Deployed => CompareSide.Project,
        // The id of a snapshot begins with its date.
        [>= '0' and <= '9', ..] => CompareSide.Parse($"snapshot:{text}"),
        _ => CompareSide.Parse(text),
    };
}
