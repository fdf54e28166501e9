using System.Buffers;
using SkillMeat.Merging.Lines;

namespace SkillMeat.Merging;

/// <summary>
/// Merges two texts with a common base line by line, with the outcome of <c>git merge-file</c>: the same text, or the same conflicts. A line includes its line ending, so
/// endings are merged like the rest of the line. Time and memory are bounded for any input: texts that differ in every line cost no more than a few times their length.
/// </summary>
internal static class LineMerge
{
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static LineMergeResult Merge(ReadOnlyMemory<byte> baseText, ReadOnlyMemory<byte> local, ReadOnlyMemory<byte> upstream, CancellationToken cancellationToken = default) =>
        Merge(baseText, local, upstream, ignoresEndings: false, cancellationToken);

    /// <summary>Merges, and can differ from git in what equal lines are.</summary>
    /// <param name="baseText">The base of both texts.</param>
    /// <param name="local">The local text.</param>
    /// <param name="upstream">Upstream's text.</param>
    /// <param name="ignoresEndings">Whether lines are equal that differ only in their line endings.</param>
    /// <param name="cancellationToken">Stops the search for differences.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static LineMergeResult Merge(ReadOnlyMemory<byte> baseText, ReadOnlyMemory<byte> local, ReadOnlyMemory<byte> upstream, bool ignoresEndings, CancellationToken cancellationToken) =>
        Merge(baseText, local, upstream, MergeHunk.Outcome.Conflict, ignoresEndings, cancellationToken);

    /// <summary>Merges, and takes one side's lines where both sides changed them: <c>git merge-file --theirs</c> and <c>--ours</c>.</summary>
    /// <param name="takesUpstream">Whether to take upstream's lines there, not the local ones.</param>
    /// <param name="baseText">The base of both texts.</param>
    /// <param name="local">The local text.</param>
    /// <param name="upstream">Upstream's text.</param>
    /// <param name="ignoresEndings">Whether lines are equal that differ only in their line endings, which git's are not.</param>
    /// <param name="cancellationToken">Stops the search for differences.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ReadOnlyMemory<byte> MergeFavoring(
        bool takesUpstream, ReadOnlyMemory<byte> baseText, ReadOnlyMemory<byte> local, ReadOnlyMemory<byte> upstream, bool ignoresEndings = false, CancellationToken cancellationToken = default) =>
        Merge(baseText, local, upstream, takesUpstream ? MergeHunk.Outcome.Upstream : MergeHunk.Outcome.Local, ignoresEndings, cancellationToken).Text;

    /// <summary>Merges, and writes both sides' lines between markers where both changed them, as git does.</summary>
    /// <param name="baseText">The base of both texts.</param>
    /// <param name="local">The local text.</param>
    /// <param name="upstream">Upstream's text.</param>
    /// <param name="ignoresEndings">Whether lines are equal that differ only in their line endings.</param>
    /// <param name="cancellationToken">Stops the search for differences.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ReadOnlyMemory<byte> Mark(ReadOnlyMemory<byte> baseText, ReadOnlyMemory<byte> local, ReadOnlyMemory<byte> upstream, bool ignoresEndings, CancellationToken cancellationToken)
    {
        var lines = TextLines.Read(ignoresEndings, baseText, local, upstream);
        var (localLines, upstreamLines) = (lines[1], lines[2]);
        var hunks = MergeHunks.Find(
            LineDiff.Compare(lines[0].Ids, localLines.Ids, cancellationToken), localLines, LineDiff.Compare(lines[0].Ids, upstreamLines.Ids, cancellationToken), upstreamLines, cancellationToken);
        return Write(hunks, localLines, upstreamLines);
    }

    private static LineMergeResult Merge(
        ReadOnlyMemory<byte> baseText, ReadOnlyMemory<byte> local, ReadOnlyMemory<byte> upstream, MergeHunk.Outcome whereBoth, bool ignoresEndings, CancellationToken cancellationToken)
    {
        var lines = TextLines.Read(ignoresEndings, baseText, local, upstream);
        var (baseLines, localLines, upstreamLines) = (lines[0], lines[1], lines[2]);
        var localRuns = LineDiff.Compare(baseLines.Ids, localLines.Ids, cancellationToken);
        if (localRuns.Count == 0) return LineMergeResult.Clean(upstream);
        var upstreamRuns = LineDiff.Compare(baseLines.Ids, upstreamLines.Ids, cancellationToken);
        if (upstreamRuns.Count == 0) return LineMergeResult.Clean(local);

        var hunks = MergeHunks.Find(localRuns, localLines, upstreamRuns, upstreamLines, cancellationToken);
        if (whereBoth != MergeHunk.Outcome.Conflict) hunks = hunks.ConvertAll(hunk => hunk.IsConflict ? hunk with { Result = whereBoth } : hunk);
        var conflicts = hunks.Where(hunk => hunk.IsConflict).Select(hunk => hunk.ToConflict()).ToList();
        return conflicts.Count > 0 ? new LineMergeResult(default, conflicts) : LineMergeResult.Clean(Write(hunks, localLines, upstreamLines));
    }

    private static ReadOnlyMemory<byte> Write(List<MergeHunk> hunks, TextLines local, TextLines upstream)
    {
        var text = new ArrayBufferWriter<byte>();
        var next = 0;
        foreach (var hunk in hunks.Where(hunk => hunk.Result is MergeHunk.Outcome.Upstream or MergeHunk.Outcome.Conflict))
        {
            text.Write(local.Bytes(next, hunk.LocalStart - next));
            if (hunk.IsConflict) ConflictMarkers.Write(text, local.Bytes(hunk.LocalStart, hunk.LocalCount), upstream.Bytes(hunk.UpstreamStart, hunk.UpstreamCount));
            else text.Write(upstream.Bytes(hunk.UpstreamStart, hunk.UpstreamCount));
            next = hunk.LocalEnd;
        }

        text.Write(local.Bytes(next, local.Count - next));
        return text.WrittenMemory;
    }
}
