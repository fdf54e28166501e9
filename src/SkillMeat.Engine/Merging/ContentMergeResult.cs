namespace SkillMeat.Merging;

/// <summary>What became of three contents.</summary>
/// <param name="Outcome">Which content to take, or why there is none.</param>
/// <param name="Text">The merged bytes where the outcome is <see cref="ContentOutcome.Merged"/>.</param>
/// <param name="Lines">The conflicts where the outcome is <see cref="ContentOutcome.Conflict"/>.</param>
internal sealed record ContentMergeResult(ContentOutcome Outcome, ReadOnlyMemory<byte> Text, IReadOnlyList<LineConflict> Lines)
{
    public bool IsClean => Outcome is ContentOutcome.Local or ContentOutcome.Upstream or ContentOutcome.Merged;

    public static ContentMergeResult Of(ContentOutcome outcome) => new(outcome, default, []);
}
