using Microsoft.AspNetCore.Http;
using SkillMeat.Errors;
using SkillMeat.Server.Json;

namespace SkillMeat.Server.Paging;

/// <summary>The part of a list that a request asks for.</summary>
internal static class PageQuery
{
    public const int UsualLimit = 100;
    public const int MostItems = 1000;

    /// <summary>Checks the limit.</summary>
    /// <exception cref="SkillMeatException">It is out of range.</exception>
    public static int Limit(int? limit) => (limit ?? UsualLimit) is var number && number is >= 1 and <= MostItems
        ? number
        : throw new SkillMeatException(ErrorIds.InvalidArgument, $"limit takes 1 to {MostItems}, not {limit}.");

    /// <summary>Returns a page of a list that is in memory.</summary>
    /// <param name="request">The request, whose cursor holds for this list and query only.</param>
    /// <param name="all">The whole list.</param>
    /// <param name="limit">The limit of the request.</param>
    /// <param name="cursor">The cursor of the request.</param>
    /// <param name="keyOf">Returns the value by which the list is ordered together with what identifies an item.</param>
    public static PageJson<T> Of<T>(HttpRequest request, IReadOnlyList<T> all, int? limit, string? cursor, Func<T, string> keyOf)
    {
        var count = Limit(limit);
        var start = cursor is null ? 0 : Cursor.ReadAnchors(request, cursor).FindIn(all, keyOf);
        var items = all.Skip(start).Take(count).ToList();
        var next = start + items.Count;
        return new PageJson<T>(items, all.Count, next < all.Count && items.Count > 0 ? Cursor.OfAnchors(request, PageAnchors.Of(all, next, keyOf)) : null);
    }

    /// <summary>Returns a list without pages in the same form.</summary>
    public static PageJson<T> Whole<T>(IReadOnlyList<T> all) => new(all, all.Count, NextCursor: null);
}
