using SkillMeat.Projects.Updating;
using SkillMeat.Refresh;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Jobs;
using SkillMeat.Server.Json;
using SkillMeat.Updates;

namespace SkillMeat.Server.Refresh;

/// <summary>The work of refreshes.</summary>
internal sealed class RefreshJobs(ServedHome home)
{
    public async Task<IEnumerable<CheckJson>> CheckAsync(Job job, RefreshRequest request, ProjectCheckRequest? sites)
    {
        using var session = home.OpenUpstream();
        var result = sites is null
            ? await new CollectionRefresher(home.Store, session).CheckAsync(request, JobProgress.Listen(job), job.Cancellation)
            : await new ProjectUpdateChecker(home.Store, session, home.Options.Environment).CheckAsync(sites, JobProgress.Listen(job), job.Cancellation);
        await new UpstreamRecord(home).KeepAsync(job, hasChanged: false, (states, cancellationToken) => states.RecordCheckAsync(result, session, cancellationToken));
        home.Events.Publish(["collections"], [result.Collection]);
        return [.. result.Checks.Select(check => CheckJson.Of(check, showsMetadata: false))];
    }

    public async Task<RefreshJson> RefreshAsync(Job job, RefreshRequest request)
    {
        using var session = home.OpenUpstream();
        var refresher = new CollectionRefresher(home.Store, session);
        var planned = await refresher.PlanAsync(request, JobProgress.Listen(job), job.Cancellation);
        try
        {
            var result = request.DryRun ? planned.ToResult() : await refresher.ApplyAsync(planned, job.Cancellation);
            await new UpstreamRecord(home).KeepAsync(job, !request.DryRun, (states, cancellationToken) => states.RecordRefreshAsync(planned, session, cancellationToken));
            return RefreshJson.Of(result, request);
        }
        finally
        {
            home.Events.Look();
        }
    }

    public async Task<IEnumerable<UpdateJson>> UpdateAsync(Job job, UpdateRequest request)
    {
        using var session = home.OpenUpstream();
        var updater = new ArtifactUpdater(home.Store, session);
        using var planned = await updater.PlanAsync(request, JobProgress.Listen(job), job.Cancellation);
        try
        {
            var result = request.DryRun ? planned.ToResult() : await updater.ApplyAsync(planned, job.Cancellation);
            await new UpstreamRecord(home).KeepAsync(job, !request.DryRun, (states, cancellationToken) => states.RecordUpdateAsync(planned, session, cancellationToken));
            return [.. result.Entries.Select(UpdateJson.Of)];
        }
        finally
        {
            home.Events.Look();
        }
    }
}
