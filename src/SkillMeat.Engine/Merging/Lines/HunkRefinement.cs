namespace SkillMeat.Merging.Lines;

/// <summary>
/// Makes conflicts as small as they are: lines that both sides have are taken out of them. What is then left between two conflicts goes back in where it is so
/// little that nobody would read it apart.
/// </summary>
internal sealed class HunkRefinement(TextLines local, TextLines upstream)
{
    private const int LeastLinesBetween = 4;

    public List<MergeHunk> Refine(List<MergeHunk> hunks, CancellationToken cancellationToken) =>
        Join(hunks.SelectMany(hunk => hunk.IsConflict && hunk.LocalCount > 0 && hunk.UpstreamCount > 0 ? Cut(hunk, cancellationToken) : [hunk]));

    private IEnumerable<MergeHunk> Cut(MergeHunk hunk, CancellationToken cancellationToken)
    {
        var runs = LineDiff.Compare(local.Ids[hunk.LocalStart..hunk.LocalEnd], upstream.Ids[hunk.UpstreamStart..hunk.UpstreamEnd], cancellationToken);
        if (runs.Count == 0) return [hunk with { Outcome = HunkOutcome.Same }];
        return runs.Select(run => new MergeHunk(
            HunkOutcome.Conflict,
            hunk.LocalStart + run.OldStart,
            hunk.LocalStart + run.OldEnd,
            hunk.UpstreamStart + run.NewStart,
            hunk.UpstreamStart + run.NewEnd));
    }

    private List<MergeHunk> Join(IEnumerable<MergeHunk> hunks)
    {
        var joined = new List<MergeHunk>();
        foreach (var hunk in hunks)
        {
            if (joined.Count > 0 && joined[^1].IsConflict && hunk.IsConflict && IsLittle(joined[^1].LocalEnd, hunk.LocalStart))
                joined[^1] = joined[^1] with { LocalEnd = hunk.LocalEnd, UpstreamEnd = hunk.UpstreamEnd };
            else joined.Add(hunk);
        }

        return joined;
    }

    private bool IsLittle(int start, int end)
    {
        if (end - start < LeastLinesBetween) return true;
        foreach (var letter in local.Bytes(start, end - start))
        {
            if (char.IsAsciiLetterOrDigit((char)letter)) return false;
        }

        return true;
    }
}
