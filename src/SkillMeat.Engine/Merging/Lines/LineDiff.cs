namespace SkillMeat.Merging.Lines;

/// <summary>
/// Finds the changes from one text to another as git does by default, because programs that are to merge alike have to cut the text alike:
/// <see cref="LineFilter"/> chooses the lines to search, <see cref="EditSearch"/> marks the changed ones, and <see cref="ChangeSlider"/> moves the changes to where git shows them.
/// </summary>
internal static class LineDiff
{
    /// <summary>Returns the changes in the order of the lines.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static List<ChangeRun> Compare(int[] oldIds, int[] newIds, CancellationToken cancellationToken)
    {
        var (old, @new) = (new DiffSide(oldIds), new DiffSide(newIds));
        var prefix = oldIds.AsSpan().CommonPrefixLength(newIds);
        var suffix = CommonSuffix(oldIds.AsSpan(prefix), newIds.AsSpan(prefix));
        if (prefix + suffix == old.Count && old.Count == @new.Count) return [];

        var oldKept = LineFilter.Keep(old, prefix..(old.Count - suffix), newIds);
        var newKept = LineFilter.Keep(@new, prefix..(@new.Count - suffix), oldIds);
        new EditSearch(old, oldKept, @new, newKept).Run(cancellationToken);
        ChangeSlider.Slide(old, @new, cancellationToken);
        ChangeSlider.Slide(@new, old, cancellationToken);
        return ReadRuns(old, @new);
    }

    private static int CommonSuffix(ReadOnlySpan<int> one, ReadOnlySpan<int> other)
    {
        var count = 0;
        while (count < one.Length && count < other.Length && one[^(count + 1)] == other[^(count + 1)]) count++;
        return count;
    }

    private static List<ChangeRun> ReadRuns(DiffSide old, DiffSide @new)
    {
        var runs = new List<ChangeRun>();
        for (int o = 0, n = 0; o < old.Count || n < @new.Count; o++, n++)
        {
            var (oldStart, newStart) = (o, n);
            while (old.IsChanged(o)) o++;
            while (@new.IsChanged(n)) n++;
            if (o > oldStart || n > newStart) runs.Add(new ChangeRun(oldStart, o - oldStart, newStart, n - newStart));
        }

        return runs;
    }
}
