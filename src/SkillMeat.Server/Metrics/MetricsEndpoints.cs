using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Cache;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.OpenApi;

namespace SkillMeat.Server.Metrics;

/// <summary>The metrics.</summary>
internal sealed class MetricsEndpoints
{
    /// <summary>The path.</summary>
    public const string Path = "/metrics";

    private readonly PrometheusText _text;

    public MetricsEndpoints(ServedHome home)
    {
        _text = home.Prometheus;
        var cache = new CacheMaintenance(home.Cache);
        home.Metrics.ObserveCounter("skillmeat.cache.hits", "", "Questions that the cache could answer.", () => cache.GetStatus().Hits);
        home.Metrics.ObserveCounter("skillmeat.cache.misses", "", "Questions for which the home had to be read.", () => cache.GetStatus().Misses);
        home.Metrics.ObserveCounter("skillmeat.log.lost", "", "Lines of the log that were lost, because they were not read fast enough.", () => home.Log.Dropped);
        home.Metrics.Observe("skillmeat.connections", "", "Open connections.", () => home.Connections.Count);
        home.Metrics.Observe("skillmeat.events.listeners", "", "Open streams of events.", () => home.Events.Listeners);
        home.Metrics.Observe(
            "skillmeat.background.last_success.timestamp", "s", "When the last successful run of the background refresh began, in seconds since 1970; 0 for never.", () => home.Refresh.Status.LastSuccess?.ToUnixTimeSeconds() ?? 0);
        home.Metrics.Observe("process.memory.usage", "By", "The memory of the process.", () => Environment.WorkingSet);
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, Write).Describe("GetMetrics", "Returns metrics in the text format of Prometheus.").Produces<string>(200, "text/plain");

    private IResult Write() => Results.Text(_text.Write(), PrometheusText.MediaType);
}
