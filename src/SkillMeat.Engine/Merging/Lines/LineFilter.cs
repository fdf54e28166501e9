namespace SkillMeat.Merging.Lines;

/// <summary>
/// Chooses the lines that the search looks at. One that the other text doesn't have is changed, whatever else comes out. One that the other has very often
/// (an empty line, a brace) is taken as changed too when nearly all around it is: matched by chance, it would tear one change into many.
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

    /// <summary>The lines to search, in order; the others are marked as changed.</summary>
    /// <param name="side">The text.</param>
    /// <param name="start">Its first line after those that both texts start with.</param>
    /// <param name="end">Where the lines begin that both texts end with.</param>
    /// <param name="uses">How often each line is in the other text.</param>
    public static int[] Keep(DiffSide side, int start, int end, LineUses uses)
    {
        var many = Math.Min(RoughRoot.Of(side.Count), MostUses);
        var fits = new Fit[end - start];
        for (var i = 0; i < fits.Length; i++)
        {
            var count = uses[side[start + i]];
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

    // Lost among lines without a counterpart: they are on both sides of it, up to the next line with few, and more than three times as many as those with many.
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
