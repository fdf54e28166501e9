using SkillMeat.Cache.Updates;
using SkillMeat.Refresh;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Jobs;
using SkillMeat.Server.Json;
using SkillMeat.Updates;

namespace SkillMeat.Server.Refresh;

/// <summary>The work of refreshes.</summary>
internal sealed class RefreshJobs(ServedHome home)
{
    public async Task<IEnumerable<CheckJson>> CheckAsync(Job job, RefreshRequest request)
    {
        using var session = home.OpenUpstream();
        var result = await new CollectionRefresher(home.Store, session).CheckAsync(request, JobProgress.Listen(job), job.Cancellation);
        await new UpstreamStates(home.Cache).RecordCheckAsync(result, session, job.Cancellation);
        home.Events.Publish(["collections"], [result.Collection]);
        return [.. result.Checks.Select(check => CheckJson.Of(check, showsMetadata: false))];
    }

    public async Task<RefreshJson> RefreshAsync(Job job, RefreshRequest request)
    {
        using var session = home.OpenUpstream();
        var refresher = new CollectionRefresher(home.Store, session);
        var planned = await refresher.PlanAsync(request, JobProgress.Listen(job), job.Cancellation);
        var result = request.DryRun ? planned.ToResult() : await refresher.ApplyAsync(planned, job.Cancellation);
        await new UpstreamStates(home.Cache).RecordRefreshAsync(planned, session, job.Cancellation);
        home.Events.Look();
        return RefreshJson.Of(result, request);
    }

    public async Task<IEnumerable<UpdateJson>> UpdateAsync(Job job, RefreshRequest request)
    {
        using var session = home.OpenUpstream();
        var updater = new ArtifactUpdater(home.Store, session);
        var update = new UpdateRequest
        {
            Collections = [request.Collection!],
            Filter = request.Filter,
            Strategy = ConfiguredStrategy.Of(home.Store, canAsk: false).Strategy,
            DryRun = request.DryRun,
            LockTimeout = request.LockTimeout,
        };
        using var planned = await updater.PlanAsync(update, JobProgress.Listen(job), job.Cancellation);
        var result = request.DryRun ? planned.ToResult() : await updater.ApplyAsync(planned, job.Cancellation);
        await new UpstreamStates(home.Cache).RecordUpdateAsync(planned, session, job.Cancellation);
        home.Events.Look();
        return [.. result.Entries.Select(UpdateJson.Of)];
    }
}
