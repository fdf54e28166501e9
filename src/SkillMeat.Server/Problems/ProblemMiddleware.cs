using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using SkillMeat.Errors;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;

namespace SkillMeat.Server.Problems;

/// <summary>Answers exceptions, and addresses that do not exist, with problem details.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ServiceLog log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response is { StatusCode: >= 400, ContentLength: null, ContentType: null }) await Problem.SendAsync(context, Refused(context));
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone, and hears nothing.
            context.Items[Problem.CodeKey] = "Aborted";
        }
        catch (Exception e)
        {
            var problem = Problem.Of(e, context.Request.Path);
            if (problem.Status == 500) log.Error($"{context.Request.Method} {context.Request.Path} failed.", e);
            await Problem.SendAsync(context, problem);
        }
    }

    // The router, and the code that reads addresses and bodies, answer with a status alone.
    private static ProblemJson Refused(HttpContext context) => context.Response.StatusCode switch
    {
        400 => Problem.Create(400, ErrorIds.InvalidArgument, DescribeValues(context), context.Request.Path),
        404 => Problem.Create(404, ServiceErrorIds.NotFound, "There is nothing at this address. /openapi.json lists all addresses.", context.Request.Path),
        405 => Problem.Create(405, ServiceErrorIds.MethodNotAllowed, $"{context.Request.Method} is not possible here. Possible: {context.Response.Headers.Allow}.", context.Request.Path),
        413 => Problem.Create(413, ServiceErrorIds.BodyTooLarge, Problem.TooLarge, context.Request.Path),
        415 => Problem.Create(415, ServiceErrorIds.UnsupportedMediaType, Problem.NotJson, context.Request.Path),
        var status => Problem.Create(status, ErrorIds.InvalidArgument, "The request cannot be answered.", context.Request.Path),
    };

    private static string DescribeValues(HttpContext context)
    {
        var names = (context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
            .Where(parameter => parameter.HasTryParse)
            .SelectMany(parameter => context.Request.Query.Where(one => one.Key.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase)))
            .Select(one => $"{one.Key}={one.Value}");
        return $"A value in the address cannot be read: {string.Join(", ", names)}. Numbers are written 100, and yes or no is written true or false.";
    }
}
