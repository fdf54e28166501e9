namespace SkillMeat.Merging;

/// <summary>Merges the contents of a file: as a whole if only one side changed it or both changed it alike, else by line if it is text.</summary>
internal static class ContentMerge
{
    /// <param name="baseText">The base; empty for a file that both sides added.</param>
    /// <param name="local">The local content.</param>
    /// <param name="upstream">Upstream's content.</param>
    /// <param name="cancellationToken">Stops the search for differences.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ContentMergeResult Merge(ReadOnlyMemory<byte> baseText, ReadOnlyMemory<byte> local, ReadOnlyMemory<byte> upstream, CancellationToken cancellationToken = default)
    {
        if (AreEqual(local, upstream) || AreEqual(baseText, upstream)) return ContentMergeResult.Of(ContentOutcome.Local);
        if (AreEqual(baseText, local)) return ContentMergeResult.Of(ContentOutcome.Upstream);

        ReadOnlyMemory<byte>[] contents = [baseText, local, upstream];
        if (!Array.TrueForAll(contents, content => MergeableText.IsText(content.Span))) return ContentMergeResult.Of(ContentOutcome.Binary);
        if (!Array.TrueForAll(contents, content => MergeableText.IsSmall(content.Span))) return ContentMergeResult.Of(ContentOutcome.TooLarge);

        var merge = LineMerge.Merge(baseText, local, upstream, cancellationToken);
        if (!merge.IsClean) return new ContentMergeResult(ContentOutcome.Conflict, default, merge.Conflicts);

        // One side's changes can include the other's; then there is nothing to write anew.
        if (AreEqual(merge.Text, local)) return ContentMergeResult.Of(ContentOutcome.Local);
        return AreEqual(merge.Text, upstream) ? ContentMergeResult.Of(ContentOutcome.Upstream) : new ContentMergeResult(ContentOutcome.Merged, merge.Text, []);
    }

    private static bool AreEqual(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) => one.Span.SequenceEqual(other.Span);
}
