namespace SkillMeat.Merging;

/// <summary>The result of a merge of contents.</summary>
/// <param name="Outcome">The content to take, or the reason why there is none.</param>
/// <param name="Text">The merged bytes if the outcome is <see cref="ContentOutcome.Merged"/>.</param>
/// <param name="Lines">The conflicts if the outcome is <see cref="ContentOutcome.Conflict"/>.</param>
internal sealed record ContentMergeResult(ContentOutcome Outcome, ReadOnlyMemory<byte> Text, IReadOnlyList<LineConflict> Lines)
{
    public bool IsClean => Outcome is ContentOutcome.Local or ContentOutcome.Upstream or ContentOutcome.Merged;

    public static ContentMergeResult Of(ContentOutcome outcome) => new(outcome, default, []);
}
