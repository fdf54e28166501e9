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
    private readonly PrometheusText _text;

    public MetricsEndpoints(ServedHome home)
    {
        _text = home.Prometheus;
        var cache = new CacheMaintenance(home.Cache);
        home.Metrics.ObserveCounter("skillmeat.cache.hits", "", "Questions that the cache could answer.", () => cache.GetStatus().Hits);
        home.Metrics.ObserveCounter("skillmeat.cache.misses", "", "Questions for which the home had to be read.", () => cache.GetStatus().Misses);
        home.Metrics.Observe("skillmeat.events.listeners", "", "Open streams of events.", () => home.Events.Listeners);
        home.Metrics.Observe("process.memory.usage", "By", "The memory of the process.", () => Environment.WorkingSet);
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", Write).Describe("GetMetrics", "Returns metrics in the text format of Prometheus.").Produces<string>(200, "text/plain");

    private IResult Write() => Results.Text(_text.Write(), PrometheusText.MediaType);
}
