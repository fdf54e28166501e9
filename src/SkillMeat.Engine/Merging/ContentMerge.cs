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

        // A person whose editor or git changed all line endings has edited none of the lines.
        if (LineEndings.AreAllThatDiffers(baseText.Span, local.Span))
        {
            upstream = LineEndings.ConvertLike(upstream.Span, local.Span);
            return AreEqual(upstream, contents[2]) ? ContentMergeResult.Of(ContentOutcome.Upstream) : new ContentMergeResult(ContentOutcome.Merged, upstream, []);
        }

        var merge = MergeTexts.Of(baseText, local, upstream, cancellationToken).Result;
        if (!merge.IsClean) return new ContentMergeResult(ContentOutcome.Conflict, default, merge.Conflicts);

        // One side's changes can include the other's; then there is nothing to write anew.
        if (AreEqual(merge.Text, local)) return ContentMergeResult.Of(ContentOutcome.Local);
        return AreEqual(merge.Text, contents[2]) ? ContentMergeResult.Of(ContentOutcome.Upstream) : new ContentMergeResult(ContentOutcome.Merged, merge.Text, []);
    }

    /// <summary>Merges texts that <see cref="Merge"/> found in conflict, and takes one side's lines where both sides changed them.</summary>
    /// <param name="takesUpstream">Whether to take upstream's lines there, not the local ones.</param>
    /// <param name="baseText">The base.</param>
    /// <param name="local">The local content.</param>
    /// <param name="upstream">Upstream's content.</param>
    /// <param name="cancellationToken">Stops the search for differences.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ReadOnlyMemory<byte> MergeFavoring(
        bool takesUpstream, ReadOnlyMemory<byte> baseText, ReadOnlyMemory<byte> local, ReadOnlyMemory<byte> upstream, CancellationToken cancellationToken = default) =>
        MergeTexts.Of(baseText, local, upstream, cancellationToken).Favor(takesUpstream, cancellationToken);

    /// <summary>Merges texts that <see cref="Merge"/> found in conflict, and writes both sides' lines between markers where both sides changed them.</summary>
    /// <param name="baseText">The base.</param>
    /// <param name="local">The local content.</param>
    /// <param name="upstream">Upstream's content.</param>
    /// <param name="cancellationToken">Stops the search for differences.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ReadOnlyMemory<byte> Mark(ReadOnlyMemory<byte> baseText, ReadOnlyMemory<byte> local, ReadOnlyMemory<byte> upstream, CancellationToken cancellationToken = default) =>
        MergeTexts.Of(baseText, local, upstream, cancellationToken).Mark(cancellationToken);

    private static bool AreEqual(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) => one.Span.SequenceEqual(other.Span);
}
