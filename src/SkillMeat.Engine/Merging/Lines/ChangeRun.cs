namespace SkillMeat.Merging.Lines;

/// <summary>Lines of an old text that were replaced by lines of a new one. Either may be none, not both.</summary>
internal readonly record struct ChangeRun(int OldStart, int OldCount, int NewStart, int NewCount)
{
    public int OldEnd => OldStart + OldCount;

    public int NewEnd => NewStart + NewCount;
}
