using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Carries out faults.</summary>
internal sealed class FaultInjector(LoopbackGitHubOptions options)
{
    /// <summary>The page that GitHub shows when it fails.</summary>
    public const string Page =
        "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Unicorn! &middot; GitHub</title></head><body><p>We had issues producing the response to your request.</p></body></html>\n";

    private const string SecondaryMessage =
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";

    /// <summary>Returns the answer that replaces the right one; null if the right one is needed, or none at all.</summary>
    public Answer? Replace(Fault fault, LoopbackRequest request, RequestKind kind) => fault.Kind switch
    {
        FaultKind.Status => Answer.Text(fault.Status, Page, "text/html; charset=utf-8"),
        FaultKind.TooManyRequests => Retry(fault, Answer.Error(StatusCodes.Status429TooManyRequests, "Too Many Requests")),
        FaultKind.SecondaryLimit => Retry(fault, Answer.Error(StatusCodes.Status403Forbidden, SecondaryMessage)),
        FaultKind.SecondaryLimitAs200 => Answer.Json(StatusCodes.Status200OK, new { errors = new[] { new { message = SecondaryMessage } } }),
        FaultKind.ResourceLimits => Answer.Json(
            StatusCodes.Status200OK, new { errors = new[] { new { type = "RESOURCE_LIMITS_EXCEEDED", message = "Resource limits for this query exceeded." } } }),
        FaultKind.PrimaryLimit => PrimaryLimit(fault, request, kind),
        FaultKind.HtmlPage => Answer.Text(StatusCodes.Status200OK, Page, "text/html; charset=utf-8"),
        FaultKind.Unauthorized => Answer.Error(StatusCodes.Status401Unauthorized, "Bad credentials"),
        FaultKind.Redirect => Answer.Redirect(StatusCodes.Status302Found, new Uri(fault.Target!, request.Path + request.Query).AbsoluteUri),
        _ => null,
    };

    /// <summary>Closes the connection with a TCP reset.</summary>
    public static void Reset(HttpContext context)
    {
        var socket = context.Features.Get<IConnectionSocketFeature>()?.Socket
            ?? throw new InvalidOperationException("The connection has no socket to reset.");
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
        context.Abort();
    }

    private static Answer Retry(Fault fault, Answer answer) => fault.RetryAfter is { } wait
        ? answer.With("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture))
        : answer;

    private Answer PrimaryLimit(Fault fault, LoopbackRequest request, RequestKind kind)
    {
        var limit = kind == RequestKind.GraphQl ? options.GraphQlLimit
            : request.Credential == Credential.Valid ? options.TokenLimit
            : options.AnonymousLimit;
        var reset = fault.ResetAt ?? options.Time.GetUtcNow().AddHours(1);
        return Answer.Error(StatusCodes.Status403Forbidden, RateLimits.Message(request.Credential))
            .With(RateLimit.Headers(kind == RequestKind.GraphQl ? "graphql" : "core", limit, 0, limit, reset.ToUnixTimeSeconds()));
    }
}
