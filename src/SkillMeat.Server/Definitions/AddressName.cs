using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace SkillMeat.Server.Definitions;

/// <summary>Reads names out of addresses. A name can have a slash, which is <c>%2F</c> in an address, and which the server leaves so.</summary>
internal static class AddressName
{
    private const string Slash = "%2F";

    /// <summary>Returns the name as it is meant.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parameter">The name of the part of the address.</param>
    /// <param name="value">The value that the server read.</param>
    public static string Of(HttpContext context, string parameter, string value)
    {
        if (!value.Contains(Slash, StringComparison.OrdinalIgnoreCase)) return value;
        // The name may as well have the characters %2F, which are %252F in the address.
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0].Split('/') ?? [];
        var place = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.PathSegments.ToList().FindIndex(one => one.Parts is [RoutePatternParameterPart part] && part.Name == parameter) ?? -1;
        return place >= 0 && raw.Length == context.Request.Path.Value!.Split('/').Length ? Uri.UnescapeDataString(raw[place + 1]) : value.Replace(Slash, "/", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Returns the last part of the address, in the spelling of the client.</summary>
    public static string Last(HttpContext context) => context.Request.Path.Value!.TrimEnd('/').Split('/')[^1];
}
