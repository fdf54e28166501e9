namespace SkillMeat.Merging.Lines;

/// <summary>Puts the changes of both sides together: alone, each is taken; where two overlap or touch, they conflict unless they are the same.</summary>
internal static class HunkPairing
{
    public static List<MergeHunk> Pair(List<ChangeRun> localRuns, TextLines localLines, List<ChangeRun> upstreamRuns, TextLines upstreamLines)
    {
        var hunks = new List<MergeHunk>();
        var local = new RunCursor(localRuns, localLines);
        var upstream = new RunCursor(upstreamRuns, upstreamLines);
        while (!local.IsAtEnd || !upstream.IsAtEnd)
        {
            if (local.IsBefore(upstream))
            {
                var run = local.Current;
                Append(hunks, new MergeHunk(HunkOutcome.Local, run.NewStart, run.NewEnd, run.OldStart + upstream.Shift, run.OldEnd + upstream.Shift));
                local.MoveNext();
            }
            else if (upstream.IsBefore(local))
            {
                var run = upstream.Current;
                Append(hunks, new MergeHunk(HunkOutcome.Upstream, run.OldStart + local.Shift, run.OldEnd + local.Shift, run.NewStart, run.NewEnd));
                upstream.MoveNext();
            }
            else
            {
                if (!local.IsSameChange(upstream)) Append(hunks, Union(local, upstream));
                var rest = local.Current.OldEnd - upstream.Current.OldEnd;
                if (rest <= 0) local.MoveNext();
                if (rest >= 0) upstream.MoveNext();
            }
        }

        return hunks;
    }

    private static MergeHunk Union(RunCursor local, RunCursor upstream)
    {
        var start = Math.Min(local.Current.OldStart, upstream.Current.OldStart);
        var end = Math.Max(local.Current.OldEnd, upstream.Current.OldEnd);
        var (localStart, localEnd) = local.Around(start, end);
        var (upstreamStart, upstreamEnd) = upstream.Around(start, end);
        return new MergeHunk(HunkOutcome.Conflict, localStart, localEnd, upstreamStart, upstreamEnd);
    }

    // One that touches the hunk before in either text becomes part of it.
    private static void Append(List<MergeHunk> hunks, MergeHunk hunk)
    {
        if (hunks.Count == 0 || (hunk.LocalStart > hunks[^1].LocalEnd && hunk.UpstreamStart > hunks[^1].UpstreamEnd))
        {
            hunks.Add(hunk);
            return;
        }

        var before = hunks[^1];
        hunks[^1] = before with
        {
            Outcome = before.Outcome == hunk.Outcome ? before.Outcome : HunkOutcome.Conflict,
            LocalEnd = hunk.LocalEnd,
            UpstreamEnd = hunk.UpstreamEnd,
        };
    }
}
