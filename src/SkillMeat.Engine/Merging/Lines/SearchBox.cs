namespace SkillMeat.Merging.Lines;

/// <summary>A part of the old text that is compared with a part of the new one.</summary>
/// <param name="OldStart">The first old line.</param>
/// <param name="OldEnd">The old line after the last.</param>
/// <param name="NewStart">The first new line.</param>
/// <param name="NewEnd">The new line after the last.</param>
/// <param name="IsExact">Whether the shortest edit has to be found: the search knows already that it is short.</param>
internal readonly record struct SearchBox(int OldStart, int OldEnd, int NewStart, int NewEnd, bool IsExact)
{
    public (SearchBox Before, SearchBox After) SplitAt(SearchSplit split) => (
        new SearchBox(OldStart, split.Old, NewStart, split.New, split.IsBeforeExact),
        new SearchBox(split.Old, OldEnd, split.New, NewEnd, split.IsAfterExact));
}
