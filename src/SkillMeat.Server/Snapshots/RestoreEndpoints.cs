using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Errors;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Jobs;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Problems;
using SkillMeat.Snapshots;

namespace SkillMeat.Server.Snapshots;

/// <summary>Restores of snapshots, and their verification.</summary>
internal sealed class RestoreEndpoints(ServedHome home)
{
    private const string BeforeRefresh = "pre-refresh";

    private readonly CollectionSnapshots _snapshots = new(home.Store);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/collections/{collection}/snapshots/{snapshot}/restore", Restore)
            .Describe("RestoreSnapshot", "Restores a collection, or some of its artifacts, after a snapshot of the present state. With 'dry_run', says what would change.")
            .Takes(new RestoreRequestJson(DryRun: true)).ReturnsJob(JobResult.One<RestoreJson>());
        routes.MapPost("/collections/{collection}/snapshots/{snapshot}/verify", Verify).Describe("VerifySnapshot", "Reads all content of a snapshot and compares it with its checksums.").ReturnsJob(JobResult.One<SnapshotCheckJson>());
        routes.MapPost("/collections/{collection}/rollback", RollBack).Describe("RollBackRefresh", "Takes back the last refresh of a collection, or that of another snapshot of the kind pre-refresh.")
            .Takes(new RollbackRequestJson(DryRun: true)).ReturnsJob(JobResult.One<RestoreJson>());
    }

    private JsonAnswer Restore(string collection, string snapshot, RestoreRequestJson? body)
    {
        var found = _snapshots.Find(collection, snapshot);
        if (body?.Artifacts is { Count: 0 }) throw new SkillMeatException(ErrorIds.InvalidArgument, "No artifacts are named. Leave 'artifacts' out to restore the whole collection.");
        if (body?.Artifacts?.Any(string.IsNullOrWhiteSpace) == true) throw new SkillMeatException(ErrorIds.InvalidArgument, "The name of an artifact is empty.");
        return Begin("restore", found, body?.Artifacts ?? [], body?.DryRun == true);
    }

    private JsonAnswer Verify(string collection, string snapshot)
    {
        var found = _snapshots.Find(collection, snapshot);
        return JsonAnswer.Accepted(home.Jobs.Start("verify", collection, async job => SnapshotCheckJson.Of(await _snapshots.VerifyAsync(collection, found.SnapshotId, job.Cancellation))));
    }

    private JsonAnswer RollBack(string collection, RollbackRequestJson? body)
    {
        var found = body?.SnapshotId is { } id ? _snapshots.Find(collection, id) : _snapshots.List(collection, take: int.MaxValue).Snapshots.FirstOrDefault(one => one.Kind == BeforeRefresh);
        if (found is null) throw new ServiceException(StatusCodes.Status404NotFound, ErrorIds.SnapshotNotFound, $"'{collection}' has no snapshot before a refresh, so there is none to take back.");
        if (found.Kind != BeforeRefresh) throw new SkillMeatException(ErrorIds.InvalidArgument, $"Snapshot {found.SnapshotId} was not taken before a refresh. Restore it instead.");
        return Begin("rollback", found, [], body?.DryRun == true);
    }

    private JsonAnswer Begin(string kind, SnapshotInfo snapshot, IReadOnlyList<string> artifacts, bool isDry) =>
        JsonAnswer.Accepted(home.Jobs.Start(kind, snapshot.Collection, job => RunAsync(job, snapshot, artifacts, isDry)));

    private async Task<RestoreJson> RunAsync(Job job, SnapshotInfo snapshot, IReadOnlyList<string> artifacts, bool isDry)
    {
        job.Report(0, 0, isDry ? "Comparing" : "Restoring");
        var result = isDry
            ? _snapshots.PlanRestore(snapshot.Collection, snapshot.SnapshotId, artifacts, job.Cancellation)
            : await _snapshots.RestoreAsync(snapshot.Collection, snapshot.SnapshotId, artifacts, home.LockTimeout, job.Cancellation);
        home.Events.Look();
        return RestoreJson.Of(result);
    }
}
