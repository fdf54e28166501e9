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

    /// <summary>Returns a page of a list that is in memory. The cursor is the place after the last item of the page before.</summary>
    public static PageJson<T> Of<T>(IReadOnlyList<T> all, int? limit, string? cursor)
    {
        var start = cursor is null ? 0 : Cursor.ReadNumber(cursor);
        var count = Limit(limit);
        var items = all.Skip(start).Take(count).ToList();
        return new PageJson<T>(items, all.Count, start + items.Count < all.Count && items.Count > 0 ? Cursor.OfNumber(start + items.Count) : null);
    }

    /// <summary>Returns a list without pages in the same form.</summary>
    public static PageJson<T> Whole<T>(IReadOnlyList<T> all) => new(all, all.Count, NextCursor: null);
}
