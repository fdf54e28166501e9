using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Events;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Jobs;

/// <summary>Jobs: list, state, cancellation, events.</summary>
internal sealed class JobEndpoints(ServedHome home)
{
    public const string Path = $"{ServiceRoutes.Base}/jobs";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _ping = TimeSpan.FromSeconds(15);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/jobs", List).Describe("ListJobs", "Lists the jobs of this service, the newest first.").Returns<PageJson<JobJson>>();
        routes.MapGet("/jobs/{id}", Show).Describe("GetJob", "Shows a job.").Returns<JobJson>();
        routes.MapDelete("/jobs/{id}", Cancel).Describe("CancelJob", "Cancels a job. What it has not finished is taken back.").Returns<JobJson>();
        routes.MapGet("/jobs/{id}/events", WatchAsync).Describe("WatchJob", "Sends the job whenever it changes, as server-sent events 'progress', and at its end 'done'.").ReturnsEvents<JobJson>();
    }

    private JsonAnswer List(int? limit, string? cursor, HttpRequest request) => JsonAnswer.Of(PageQuery.Of(request, home.Jobs.List(), limit, cursor, one => one.Id));

    private JsonAnswer Show(string id) => JsonAnswer.Of(home.Jobs.Find(id).Now);

    private JsonAnswer Cancel(string id)
    {
        var job = home.Jobs.Find(id);
        job.Cancel();
        return JsonAnswer.Of(job.Now);
    }

    private async Task WatchAsync(string id, HttpContext context)
    {
        var job = home.Jobs.Find(id);
        var stream = await EventStream.BeginAsync(context);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, home.Stopping);
        while (!stop.IsCancellationRequested)
        {
            var (now, changed) = job.Look();
            if (now.FinishedAt is not null)
            {
                await stream.WriteAsync("done", ServiceJson.TextOf(now));
                return;
            }

            await stream.WriteAsync("progress", ServiceJson.TextOf(now));
            // Progress that comes in quick steps is sent a few times a second.
            if (await Task.WhenAny(changed, Task.Delay(_ping, home.Time, stop.Token)) == changed) await Task.Delay(_pause, home.Time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
