using Microsoft.AspNetCore.Http;

namespace SkillMeat.Server.Access;

/// <summary>Tells a person whose browser was not let in what to do.</summary>
internal static class HelpPage
{
    public const string NotSignedIn =
        "<h1>This browser is not signed in</h1><p>Run <code>skm serve --open</code>, or open the address that <code>skm serve</code> prints on the terminal.</p>";

    /// <summary>The link is on a page of this service, so that its request is let in.</summary>
    public const string FromElsewhere =
        "<h1>Another page led here</h1><p>Pages of other programs cannot open SkillMeat by a link, so that they cannot read from it. <a href=\"/\">Open SkillMeat</a></p>";

    public static async Task SendAsync(HttpContext context, int status, string content)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await context.Response.WriteAsync($"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>SkillMeat</title>{content}</html>", context.RequestAborted);
    }
}
