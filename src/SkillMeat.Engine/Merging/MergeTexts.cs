namespace SkillMeat.Merging;

/// <summary>
/// The three texts of a merge by line, compared as they must be: byte by byte as git does, or without regard to line endings where these alone would be in conflict. Every merge of contents
/// is made of these texts, so that it has the same conflicts whether or not one side is favoured in them.
/// </summary>
internal sealed class MergeTexts
{
    private readonly ReadOnlyMemory<byte> _base;
    private readonly ReadOnlyMemory<byte> _local;
    private readonly ReadOnlyMemory<byte> _upstream;
    private readonly bool _ignoresEndings;

    private MergeTexts(ReadOnlyMemory<byte> baseText, ReadOnlyMemory<byte> local, ReadOnlyMemory<byte> upstream, bool ignoresEndings, CancellationToken cancellationToken)
    {
        (_base, _local, _upstream, _ignoresEndings) = (baseText, local, upstream, ignoresEndings);
        Result = LineMerge.Merge(baseText, local, upstream, ignoresEndings, cancellationToken);
    }

    /// <summary>The result of the merge, in the local line endings where they are not compared.</summary>
    public LineMergeResult Result { get; }

    /// <summary>Merges texts.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static MergeTexts Of(ReadOnlyMemory<byte> baseText, ReadOnlyMemory<byte> local, ReadOnlyMemory<byte> upstream, CancellationToken cancellationToken)
    {
        // Lines that upstream adds get the endings that all lines have here.
        if (LineEndings.WereConverted(baseText.Span, local.Span)) return WithoutEndings();
        var asTheyAre = new MergeTexts(baseText, local, upstream, ignoresEndings: false, cancellationToken);
        if (asTheyAre.Result.IsClean || !LineEndings.Differ(baseText.Span, local.Span, upstream.Span)) return asTheyAre;
        var withoutEndings = WithoutEndings();
        return withoutEndings.Result.IsClean || !withoutEndings.Result.Conflicts.SequenceEqual(asTheyAre.Result.Conflicts) ? withoutEndings : asTheyAre;

        MergeTexts WithoutEndings() =>
            new(LineEndings.ConvertLike(baseText.Span, local.Span), local, LineEndings.ConvertLike(upstream.Span, local.Span), ignoresEndings: true, cancellationToken);
    }

    /// <summary>Returns the merge with both sides' lines between markers where both sides changed them.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ReadOnlyMemory<byte> Mark(CancellationToken cancellationToken) => LineMerge.Mark(_base, _local, _upstream, _ignoresEndings, cancellationToken);

    /// <summary>Returns the merge with one side's lines where both sides changed them.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ReadOnlyMemory<byte> Favor(bool takesUpstream, CancellationToken cancellationToken) => LineMerge.MergeFavoring(takesUpstream, _base, _local, _upstream, _ignoresEndings, cancellationToken);
}
