using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SkillMeat.Server.Answers;

/// <summary>The header <c>If-Match</c> of a request.</summary>
internal sealed class IfMatch
{
    private readonly IList<EntityTagHeaderValue> _wanted;

    private IfMatch(IList<EntityTagHeaderValue> wanted)
    {
        _wanted = wanted;
    }

    /// <summary>Reads the header. Null if it was not sent; one that cannot be read fits nothing.</summary>
    public static IfMatch? Of(HttpContext context)
    {
        var header = context.Request.Headers.IfMatch;
        if (header.Count == 0) return null;
        return new IfMatch(EntityTagHeaderValue.TryParseList(header, out var wanted) ? wanted : []);
    }

    /// <summary>Makes an expectation of the header, for the engine to check under its lock.</summary>
    /// <param name="context">The request.</param>
    /// <param name="current">Makes the answer to a GET of the same address.</param>
    public static Predicate<T>? Expect<T>(HttpContext context, Func<T, JsonAnswer> current) => Of(context) is { } wanted ? thing => wanted.Fits(current(thing).Tag) : null;

    /// <summary>Returns whether the header names a tag.</summary>
    // A weak tag never matches (RFC 9110, 13.1.1).
    public bool Fits(string tag) => _wanted.Any(one => one.Tag == "*" || (!one.IsWeak && one.Tag == tag));
}
