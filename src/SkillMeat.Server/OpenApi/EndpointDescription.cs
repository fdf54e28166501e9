using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SkillMeat.Server.Json;

namespace SkillMeat.Server.OpenApi;

/// <summary>Says about an endpoint what the OpenAPI document needs.</summary>
internal static class EndpointDescription
{
    /// <summary>Names and describes an operation.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="name">The id of the operation, such as <c>ListCollections</c>.</param>
    /// <param name="summary">One or two sentences.</param>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string name, string summary) => endpoint.WithName(name).WithSummary(summary);

    /// <summary>Answers a value of the contract.</summary>
    public static RouteHandlerBuilder Returns<T>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) => endpoint.Produces<T>(status, "application/json");

    /// <summary>Answers a job that was begun.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="results">The results that it may have.</param>
    public static RouteHandlerBuilder ReturnsJob(this RouteHandlerBuilder endpoint, params JobResult[] results) => endpoint.Returns<JobJson>(StatusCodes.Status202Accepted).WithMetadata(results);

    /// <summary>Answers server-sent events whose data is a value of the contract.</summary>
    public static RouteHandlerBuilder ReturnsEvents<T>(this RouteHandlerBuilder endpoint) => endpoint.Produces<T>(StatusCodes.Status200OK, "text/event-stream");

    /// <summary>Adds an example of the body that the operation takes.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint, T example) => endpoint.WithMetadata(new BodyExample(ServiceJson.TextOf(example)));

    /// <summary>Adds examples of the values in the address.</summary>
    public static RouteHandlerBuilder With(this RouteHandlerBuilder endpoint, string parameter, string example, string? description = null) => endpoint.WithMetadata(new ParameterExample(parameter, example, description));
}
