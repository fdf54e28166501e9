namespace SkillMeat.Merging.Lines;

/// <summary>A place that at least one side changed, and the lines that each has there. What lies between two hunks is the same on both sides.</summary>
internal readonly record struct MergeHunk(HunkOutcome Outcome, int LocalStart, int LocalEnd, int UpstreamStart, int UpstreamEnd)
{
    public int LocalCount => LocalEnd - LocalStart;

    public int UpstreamCount => UpstreamEnd - UpstreamStart;

    public bool IsConflict => Outcome == HunkOutcome.Conflict;

    public LineConflict ToConflict() => new(LineRange.Of(LocalStart, LocalCount), LineRange.Of(UpstreamStart, UpstreamCount));
}
