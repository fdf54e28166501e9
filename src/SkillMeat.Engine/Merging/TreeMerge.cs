namespace SkillMeat.Merging;

/// <summary>
/// Merges an artifact: brings upstream's changes since the base into the local files. It reads only contents that both sides changed or that may be renamed, writes nothing,
/// and makes the same plan of the same input. Without a base, every difference is a conflict.
/// </summary>
internal static class TreeMerge
{
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static MergePlan Plan(MergeInput input, CancellationToken cancellationToken = default)
    {
        var merge = new FileMerge(input, cancellationToken);
        var decisions = new List<FileDecision>();
        foreach (var track in FileTracker.Track(input, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            decisions.Add(merge.Decide(track));
        }

        return MergePlan.Of(decisions, input);
    }
}
