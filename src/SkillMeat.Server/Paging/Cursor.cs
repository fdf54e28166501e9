using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using SkillMeat.Cache.Lists;
using SkillMeat.Errors;

namespace SkillMeat.Server.Paging;

/// <summary>Writes and reads cursors, which mean nothing to clients. A cursor holds for the list that it came from, with the same filters and the same order.</summary>
internal static class Cursor
{
    private const char Separator = '\n';
    private const int MostChars = 4096;
    private const int ScopeBytes = 8;

    private static readonly string[] _others = ["cursor", "limit"];

    public static string OfPlace(HttpRequest request, ListedPlace place) => Write(request, string.Join(Separator, place.Key, place.Name, place.Type));

    public static ListedPlace ReadPlace(HttpRequest request, string cursor) => Read(request, cursor).Split(Separator) is [var key, var name, var type] ? new ListedPlace(key, name, type) : throw Invalid();

    public static string OfAnchors(HttpRequest request, PageAnchors anchors) => Write(request, anchors.ToString());

    public static PageAnchors ReadAnchors(HttpRequest request, string cursor) => PageAnchors.TryParse(Read(request, cursor)) ?? throw Invalid();

    private static string Write(HttpRequest request, string text) => Base64Url.EncodeToString([.. ScopeOf(request), .. Encoding.UTF8.GetBytes(text)]);

    private static string Read(HttpRequest request, string cursor)
    {
        try
        {
            if (cursor.Length > MostChars) throw Invalid();
            var bytes = Base64Url.DecodeFromChars(cursor);
            return bytes.Length >= ScopeBytes && bytes.AsSpan(0, ScopeBytes).SequenceEqual(ScopeOf(request)) ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.AsSpan(ScopeBytes)) : throw Invalid();
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw Invalid();
        }
    }

    // The list and its query, in which the order of the names does not count.
    private static byte[] ScopeOf(HttpRequest request)
    {
        var text = new StringBuilder(request.Path.Value);
        foreach (var (name, values) in request.Query.Select(one => (Name: one.Key.ToLowerInvariant(), one.Value)).Where(one => !_others.Contains(one.Name)).OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            foreach (var value in values) text.Append(Separator).Append(name).Append('=').Append(value);
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..ScopeBytes];
    }

    private static SkillMeatException Invalid() =>
        new(ErrorIds.InvalidArgument, "The cursor is not one of this list with these filters and this order. Send it with the query of the page before it, or leave it out to begin again.");
}
