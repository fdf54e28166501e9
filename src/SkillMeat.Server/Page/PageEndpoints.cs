using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace SkillMeat.Server.Page;

/// <summary>The web page: its files, and its start at each of its addresses, where its own script shows the screen.</summary>
internal sealed class PageEndpoints(PageFiles files)
{
    private const string Start = "index.html";
    private const string NoPage = "The service runs, but this build has no web page: it was built without Node. The API is described at /docs.\n";

    // The names of these files hold a hash of what is in them.
    private const string Assets = "assets/";

    /// <summary>The addresses of the screens, as the page's own router has them.</summary>
    private static readonly string[] _screens = ["/", "/collections/{**rest}", "/deployments", "/marketplace", "/settings"];

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var screen in _screens) routes.MapGet(screen, (HttpContext context) => Show(context, Start)).ExcludeFromDescription();
        routes.MapGet("/" + Assets + "{name}", (string name, HttpContext context) => Show(context, Assets + name)).ExcludeFromDescription();
        foreach (var name in (string[])["theme.js", "icon.svg"]) routes.MapGet("/" + name, (HttpContext context) => Show(context, name)).ExcludeFromDescription();
    }

    private IResult Show(HttpContext context, string path)
    {
        if (!files.Any) return Results.Text(NoPage, "text/plain; charset=utf-8", statusCode: path == Start && context.Request.Path == "/" ? StatusCodes.Status200OK : StatusCodes.Status404NotFound);
        if (files.Find(path) is not { } file) return Results.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = path.StartsWith(Assets, StringComparison.Ordinal) ? "private, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        // Nothing of the page makes markup of a string, and so no text of an artifact can become one.
        if (path == Start) headers.ContentSecurityPolicy = $"{headers.ContentSecurityPolicy}; require-trusted-types-for 'script'; trusted-types 'none'";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase)) return Results.Bytes(file.Bytes, file.ContentType, entityTag: new EntityTagHeaderValue($"\"{file.Tag}\""));
        headers.ContentEncoding = "gzip";
        return Results.Bytes(file.Packed, file.ContentType, entityTag: new EntityTagHeaderValue($"\"{file.Tag}-gzip\""));
    }
}
