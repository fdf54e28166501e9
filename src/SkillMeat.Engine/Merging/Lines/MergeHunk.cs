namespace SkillMeat.Merging.Lines;

/// <summary>A place that at least one side changed, as the lines that each side has there. Between two hunks both sides are equal.</summary>
internal readonly record struct MergeHunk(MergeHunk.Outcome Result, int LocalStart, int LocalEnd, int UpstreamStart, int UpstreamEnd)
{
    /// <summary>The side whose lines the merged text gets.</summary>
    public enum Outcome
    {
        Conflict,
        Local,
        Upstream,

        /// <summary>Either: both sides have the same lines, which they came to by different changes.</summary>
        Same,
    }

    public int LocalCount => LocalEnd - LocalStart;

    public int UpstreamCount => UpstreamEnd - UpstreamStart;

    public bool IsConflict => Result == Outcome.Conflict;

    public LineConflict ToConflict() => new(LineRange.Of(LocalStart, LocalCount), LineRange.Of(UpstreamStart, UpstreamCount));
}
