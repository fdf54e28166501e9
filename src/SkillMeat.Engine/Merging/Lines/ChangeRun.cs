namespace SkillMeat.Merging.Lines;

/// <summary>Lines of an old text that lines of a new text replace. One of the two counts may be 0.</summary>
internal readonly record struct ChangeRun(int OldStart, int OldCount, int NewStart, int NewCount)
{
    public int OldEnd => OldStart + OldCount;

    public int NewEnd => NewStart + NewCount;
}
