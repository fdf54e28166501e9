using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Server.Json;

namespace SkillMeat.Server.Problems;

/// <summary>Makes problem details of exceptions, and sends them.</summary>
internal static class Problem
{
    public const string MediaType = "application/problem+json";

    public const string TooLarge = "The body is larger than this address takes.";

    public const string NotJson = "The body must be JSON: send it with 'Content-Type: application/json'.";

    private const int MostChars = 8000;

    /// <summary>The key under which the id of the error is kept for the log.</summary>
    public const string CodeKey = "problem-code";

    /// <summary>Describes an exception.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="instance">The path of the request, or null.</param>
    public static ProblemJson Of(Exception error, string? instance) => error switch
    {
        ServiceException e => Create(e.Status, ProblemStatus.TitleOf(e.Status), e, instance) with { Conflicts = e.Conflicts },
        SkillMeatException e when ProblemStatus.Of(e.ErrorId) is var (status, title) => Create(status, title, e, instance),
        BadHttpRequestException e => Create(e.StatusCode, CodeOf(e.StatusCode), Describe(e), instance),
        JsonException e => Create(400, ErrorIds.InvalidArgument, $"The body is not the expected JSON: {e.Message}", instance),
        IOException or UnauthorizedAccessException => Create(503, ErrorIds.StorageFailed, error.Message, instance),
        OperationCanceledException => Create(503, ServiceErrorIds.Stopping, "The service stops, or the work was cancelled. Look at what it was about before you repeat it.", instance),
        _ => Create(500, $"Unexpected{error.GetType().Name}", "The service has a fault. Its log says more.", instance),
    };

    public static ProblemJson Create(int status, string code, string detail, string? instance) => Create(status, ProblemStatus.TitleOf(status), code, detail, instance);

    /// <summary>Sends a problem, unless the answer began already.</summary>
    public static async Task SendAsync(HttpContext context, ProblemJson problem)
    {
        context.Items[CodeKey] = problem.Code;
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        // All other headers stay: those that every answer has, and the allowed methods.
        context.Response.Headers.ETag = default;
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        if (problem.RetryAt is { } at) context.Response.Headers.RetryAfter = at.UtcDateTime.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        if (problem.Status == 401) context.Response.Headers.WWWAuthenticate = "Bearer";
        var bytes = ServiceJson.BytesOf(problem);
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static ProblemJson Create(int status, string title, SkillMeatException error, string? instance) => Create(status, title, error.ErrorId, error.Message, instance) with
    {
        Nearest = error.Nearest,
        RetryAt = (error as UpstreamException)?.RetryAfter,
    };

    private static ProblemJson Create(int status, string title, string code, string detail, string? instance) =>
        new($"urn:skillmeat:problem:{code}", title, status, Shorten(VisibleText.Line(detail)), instance, code);

    // A message can repeat what a body said.
    private static string Shorten(string detail) => detail.Length <= MostChars ? detail : $"{detail[..MostChars]}…";

    private static string CodeOf(int status) => status switch
    {
        408 => ServiceErrorIds.RequestTimeout,
        413 => ServiceErrorIds.BodyTooLarge,
        415 => ServiceErrorIds.UnsupportedMediaType,
        _ => ErrorIds.InvalidArgument,
    };

    private static string Describe(BadHttpRequestException e) => e switch
    {
        { StatusCode: 413 } => TooLarge,
        { StatusCode: 415 } => NotJson,
        { InnerException: JsonException json } => $"The body is not the expected JSON: {json.Message}",
        _ => e.Message,
    };
}
