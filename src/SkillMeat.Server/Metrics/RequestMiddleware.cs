using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Server.Access;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Problems;

namespace SkillMeat.Server.Metrics;

/// <summary>Counts requests and logs them. The query is left out, because the first address has the token in it.</summary>
internal sealed class RequestMiddleware(RequestDelegate next, ServedHome home)
{
    private static readonly string[] _methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public async Task InvokeAsync(HttpContext context)
    {
        var started = home.Time.GetTimestamp();
        // Those who only look whether the service lives, and how it does, do not use it.
        if (context.Request.Path != AccessMiddleware.HealthPath && context.Request.Path != MetricsEndpoints.Path) home.Touch();
        home.Connections.Begin(context.Connection.Id);
        try
        {
            await next(context);
        }
        finally
        {
            home.Connections.End(context.Connection.Id);
            var duration = home.Time.GetElapsedTime(started);
            // Names that a client made up would grow without end.
            var method = Array.Find(_methods, one => one == context.Request.Method) ?? "other";
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
            home.Metrics.RequestEnded(method, route, context.Response.StatusCode, duration);
            if (home.Options.LogsRequests) home.Log.Request(new RequestLine(method, context.Request.Path, context.Response.StatusCode, duration.TotalMilliseconds, context.Items[Problem.CodeKey] as string));
        }
    }
}
