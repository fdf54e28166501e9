using System.Runtime.InteropServices;

namespace SkillMeat.Merging.Lines;

/// <summary>
/// Chooses the lines to search. A line that the other text does not have is changed in any case. A line that the other text has very often, such as an empty line or
/// a brace, counts as changed if nearly all lines around it are: a chance match would tear one change into many.
/// </summary>
internal static class LineFilter
{
    private const int MostUses = 1024;
    private const int Sight = 100;
    private const int LeastRatio = 4;

    private enum Fit
    {
        None,
        Few,
        Many,
    }

    /// <summary>Returns the lines to search, in order, and marks the others as changed.</summary>
    /// <param name="side">The text.</param>
    /// <param name="range">Its lines between those that both texts start and end with.</param>
    /// <param name="otherIds">The lines of the other text.</param>
    public static int[] Keep(DiffSide side, Range range, int[] otherIds)
    {
        var (start, length) = range.GetOffsetAndLength(side.Count);
        var uses = CountUses(otherIds);
        var many = Math.Min(EditSearch.RoughRoot(side.Count), MostUses);
        var fits = new Fit[length];
        for (var i = 0; i < fits.Length; i++)
        {
            var count = uses.GetValueOrDefault(side[start + i]);
            fits[i] = count == 0 ? Fit.None : count < many ? Fit.Few : Fit.Many;
        }

        var kept = new List<int>(fits.Length);
        for (var i = 0; i < fits.Length; i++)
        {
            if (fits[i] == Fit.Few || (fits[i] == Fit.Many && !IsLost(fits, i))) kept.Add(start + i);
            else side.Mark(start + i, true);
        }

        return [.. kept];
    }

    private static Dictionary<int, int> CountUses(int[] ids)
    {
        var uses = new Dictionary<int, int>();
        foreach (var id in ids) CollectionsMarshal.GetValueRefOrAddDefault(uses, id, out _)++;
        return uses;
    }

    // A line is lost if lines without a counterpart are on both sides of it, up to the next line with few, and are more than three times as many as those with many.
    private static bool IsLost(Fit[] fits, int line)
    {
        var (noneAbove, manyAbove) = Count(fits, line, -1);
        if (noneAbove == 0) return false;
        var (noneBelow, manyBelow) = Count(fits, line, 1);
        if (noneBelow == 0) return false;

        // The line itself counts once for each direction.
        var many = manyAbove + manyBelow + 2;
        return many * LeastRatio < many + noneAbove + noneBelow;
    }

    private static (int None, int Many) Count(Fit[] fits, int line, int step)
    {
        var (none, many) = (0, 0);
        for (var distance = 1; distance <= Sight; distance++)
        {
            var at = line + (distance * step);
            if (at < 0 || at >= fits.Length || fits[at] == Fit.Few) break;
            if (fits[at] == Fit.None) none++;
            else many++;
        }

        return (none, many);
    }
}
