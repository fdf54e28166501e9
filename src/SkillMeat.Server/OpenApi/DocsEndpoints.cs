using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace SkillMeat.Server.OpenApi;

/// <summary>The page that shows the document. Its script comes from the package Scalar.AspNetCore, out of this program.</summary>
internal sealed class DocsEndpoints
{
    private const string ScriptPath = "/docs/scalar.js";
    private const string ScriptResource = "ScalarStaticAssets.scalar.js";

    // The script makes styles while it runs. It loads nothing but the document.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Page =
        $$$"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>SkillMeat API</title></head>
        <body>
        <script id="api-reference" type="application/json" data-url="{{{ApiDocument.Path}}}" data-configuration='{"withDefaultFonts":false,"telemetry":false,"hideClientButton":true,"agent":{"disabled":true},"mcp":{"disabled":true}}'></script>
        <script src="{{{ScriptPath}}}"></script>
        </body>
        </html>
        """;

    private readonly Lazy<byte[]> _script = new(ReadScript);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/docs", (HttpContext context) => ShowPage(context)).ExcludeFromDescription();
        routes.MapGet(ScriptPath, (HttpContext context) => ShowScript(context)).ExcludeFromDescription();
    }

    private static IResult ShowPage(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Text(Page, "text/html; charset=utf-8");
    }

    private IResult ShowScript(HttpContext context)
    {
        context.Response.Headers.CacheControl = "private, max-age=3600";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase)) return Results.Stream(new GZipStream(new MemoryStream(_script.Value), CompressionMode.Decompress), "text/javascript; charset=utf-8");
        context.Response.Headers.ContentEncoding = "gzip";
        return Results.Bytes(_script.Value, "text/javascript; charset=utf-8");
    }

    /// <summary>Reads the script as gzip, the form in which the package has it.</summary>
    private static byte[] ReadScript()
    {
        using var resource = typeof(ScalarOptions).Assembly.GetManifestResourceStream(ScriptResource)!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        if (bytes.Length > 1 && bytes.GetBuffer() is [0x1f, 0x8b, ..]) return bytes.ToArray();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes.GetBuffer(), 0, (int)bytes.Length);
        return packed.ToArray();
    }
}
