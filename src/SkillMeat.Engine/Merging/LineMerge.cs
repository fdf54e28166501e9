using SkillMeat.Merging.Lines;

namespace SkillMeat.Merging;

/// <summary>
/// Merges two texts that came from one, line by line, with the outcome of <c>git merge-file</c>: the same text, or as many conflicts. A line is its bytes with
/// what ends it, so endings are merged like all else and stay as they are. Time and memory are bounded for any input: a text in which all is different costs
/// no more than a few times its length.
/// </summary>
internal static class LineMerge
{
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static LineMergeResult Merge(ReadOnlyMemory<byte> original, ReadOnlyMemory<byte> local, ReadOnlyMemory<byte> upstream, CancellationToken cancellationToken = default) =>
        Merge(original, local, upstream, HunkOutcome.Conflict, cancellationToken);

    /// <summary>Merges, and where both sides changed the same lines takes those of one: <c>git merge-file --theirs</c> and <c>--ours</c>.</summary>
    /// <param name="takesUpstream">Whether upstream's lines are taken there, else the local ones.</param>
    /// <param name="original">What both came from.</param>
    /// <param name="local">The local text.</param>
    /// <param name="upstream">Upstream's text.</param>
    /// <param name="cancellationToken">Stops the search for differences.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ReadOnlyMemory<byte> MergeFavoring(
        bool takesUpstream, ReadOnlyMemory<byte> original, ReadOnlyMemory<byte> local, ReadOnlyMemory<byte> upstream, CancellationToken cancellationToken = default) =>
        Merge(original, local, upstream, takesUpstream ? HunkOutcome.Upstream : HunkOutcome.Local, cancellationToken).Text;

    private static LineMergeResult Merge(
        ReadOnlyMemory<byte> original, ReadOnlyMemory<byte> local, ReadOnlyMemory<byte> upstream, HunkOutcome whereBoth, CancellationToken cancellationToken)
    {
        var table = new LineTable();
        var (originalLines, localLines, upstreamLines) = (table.Read(original), table.Read(local), table.Read(upstream));
        var localRuns = LineDiff.Compare(originalLines.Ids, localLines.Ids, cancellationToken);
        if (localRuns.Count == 0) return LineMergeResult.Clean(upstream);
        var upstreamRuns = LineDiff.Compare(originalLines.Ids, upstreamLines.Ids, cancellationToken);
        if (upstreamRuns.Count == 0) return LineMergeResult.Clean(local);

        var hunks = HunkPairing.Pair(localRuns, localLines, upstreamRuns, upstreamLines);
        if (!hunks.Exists(hunk => hunk.IsConflict)) return LineMergeResult.Clean(MergedText.Write(hunks, localLines, upstreamLines));
        hunks = new HunkRefinement(localLines, upstreamLines).Refine(hunks, cancellationToken);
        if (whereBoth != HunkOutcome.Conflict) hunks = hunks.ConvertAll(hunk => hunk.IsConflict ? hunk with { Outcome = whereBoth } : hunk);
        var conflicts = hunks.Where(hunk => hunk.IsConflict).Select(hunk => hunk.ToConflict()).ToList();
        return conflicts.Count > 0 ? new LineMergeResult(default, conflicts) : LineMergeResult.Clean(MergedText.Write(hunks, localLines, upstreamLines));
    }
}
