using System.Globalization;

namespace SkillMeat.Server.Paging;

/// <summary>
/// The border between two pages of a list, as the items on both sides of it. The next page begins after the nearest item before the border that is still there, or else with the nearest one after it, so that items
/// that come, go or move elsewhere move no other one.
/// </summary>
/// <param name="Start">The number of items before the border when the page was made.</param>
/// <param name="Before">The marks of the items before it, the nearest first.</param>
/// <param name="After">The marks of the items after it, the nearest first.</param>
internal sealed record PageAnchors(int Start, IReadOnlyList<ulong> Before, IReadOnlyList<ulong> After)
{
    private const int Most = 6;
    private const char Space = ' ';
    private const char Bar = '|';

    /// <summary>Marks a border.</summary>
    /// <param name="all">The list.</param>
    /// <param name="start">The number of items before the border.</param>
    /// <param name="keyOf">Returns the value by which the list is ordered together with what identifies an item.</param>
    public static PageAnchors Of<T>(IReadOnlyList<T> all, int start, Func<T, string> keyOf) =>
        new(start, [.. all.Take(start).TakeLast(Most).Reverse().Select(one => MarkOf(keyOf(one)))], [.. all.Skip(start).Take(Most).Select(one => MarkOf(keyOf(one)))]);

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static PageAnchors? TryParse(string text) =>
        text.Split(Bar) is [var start, var before, var after] && int.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && ParseMarks(before) is { } old && ParseMarks(after) is { } next
            ? new PageAnchors(number, old, next)
            : null;

    /// <summary>Finds the border in the list as it is now.</summary>
    /// <returns>The number of items before it.</returns>
    public int FindIn<T>(IReadOnlyList<T> all, Func<T, string> keyOf)
    {
        // Most lists have not changed since the page before.
        if (Start <= all.Count && Start > 0 && Before is [var nearest, ..] && MarkOf(keyOf(all[Start - 1])) == nearest) return Start;
        var places = new Dictionary<ulong, int>(all.Count);
        for (var i = 0; i < all.Count; i++) places[MarkOf(keyOf(all[i]))] = i;
        foreach (var mark in Before)
        {
            if (places.TryGetValue(mark, out var index)) return index + 1;
        }

        foreach (var mark in After)
        {
            if (places.TryGetValue(mark, out var index)) return index;
        }

        return Math.Min(Start, all.Count);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start}{Bar}{Text(Before)}{Bar}{Text(After)}");

    private static string Text(IEnumerable<ulong> marks) => string.Join(Space, marks.Select(mark => mark.ToString("x", CultureInfo.InvariantCulture)));

    private static List<ulong>? ParseMarks(string text)
    {
        var marks = new List<ulong>();
        foreach (var part in text.Split(Space, StringSplitOptions.RemoveEmptyEntries))
        {
            if (marks.Count == Most || !ulong.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mark)) return null;
            marks.Add(mark);
        }

        return marks;
    }

    // FNV-1a: quick, and the same after a restart.
    private static ulong MarkOf(string key)
    {
        var mark = 14_695_981_039_346_656_037UL;
        foreach (var letter in key) mark = unchecked((mark ^ letter) * 1_099_511_628_211UL);
        return mark;
    }
}
