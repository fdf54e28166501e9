using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SkillMeat.Server.Problems;

namespace SkillMeat.Server.Access;

/// <summary>Refuses bodies that say that they are not in UTF-8. JSON is (RFC 8259), and the framework fails on encodings that it does not know.</summary>
internal sealed class BodyEncodingMiddleware(RequestDelegate next)
{
    private const string Utf8 = "utf-8";

    public Task InvokeAsync(HttpContext context)
    {
        if (MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.Length > 0 && !HeaderUtilities.RemoveQuotes(type.Charset).Equals(Utf8, StringComparison.OrdinalIgnoreCase))
            throw new ServiceException(StatusCodes.Status415UnsupportedMediaType, ServiceErrorIds.UnsupportedMediaType, "The body must be JSON in UTF-8. Leave 'charset' out of the Content-Type, or send 'charset=utf-8'.");
        return next(context);
    }
}
