namespace SkillMeat.Merging.Lines;

/// <summary>
/// Finds the hunks of a merge as git does. A change that only one side made is taken. Changes of both sides that overlap or touch are a conflict, unless they are equal.
/// </summary>
internal static class MergeHunks
{
    private const int LeastLinesBetween = 4;

    /// <summary>Returns the hunks in the order of the lines.</summary>
    /// <param name="localRuns">The changes from the base to the local text.</param>
    /// <param name="localLines">The local text.</param>
    /// <param name="upstreamRuns">The changes from the base to upstream's text.</param>
    /// <param name="upstreamLines">Upstream's text.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static List<MergeHunk> Find(
        List<ChangeRun> localRuns, TextLines localLines, List<ChangeRun> upstreamRuns, TextLines upstreamLines, CancellationToken cancellationToken)
    {
        var hunks = Pair(new Cursor(localRuns, localLines), new Cursor(upstreamRuns, upstreamLines));
        return hunks.Exists(hunk => hunk.IsConflict) ? JoinConflicts(CutConflicts(hunks, localLines, upstreamLines, cancellationToken), localLines) : hunks;
    }

    private static List<MergeHunk> Pair(Cursor local, Cursor upstream)
    {
        var hunks = new List<MergeHunk>();
        while (!local.IsAtEnd || !upstream.IsAtEnd)
        {
            if (local.IsBefore(upstream))
            {
                var run = local.Current;
                Append(hunks, new MergeHunk(MergeHunk.Outcome.Local, run.NewStart, run.NewEnd, run.OldStart + upstream.Shift, run.OldEnd + upstream.Shift));
                local.MoveNext();
            }
            else if (upstream.IsBefore(local))
            {
                var run = upstream.Current;
                Append(hunks, new MergeHunk(MergeHunk.Outcome.Upstream, run.OldStart + local.Shift, run.OldEnd + local.Shift, run.NewStart, run.NewEnd));
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

    private static MergeHunk Union(Cursor local, Cursor upstream)
    {
        var start = Math.Min(local.Current.OldStart, upstream.Current.OldStart);
        var end = Math.Max(local.Current.OldEnd, upstream.Current.OldEnd);
        var (localStart, localEnd) = local.Around(start, end);
        var (upstreamStart, upstreamEnd) = upstream.Around(start, end);
        return new MergeHunk(MergeHunk.Outcome.Conflict, localStart, localEnd, upstreamStart, upstreamEnd);
    }

    // A hunk that touches the one before it in either text becomes part of it.
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
            Result = before.Result == hunk.Result ? before.Result : MergeHunk.Outcome.Conflict,
            LocalEnd = hunk.LocalEnd,
            UpstreamEnd = hunk.UpstreamEnd,
        };
    }

    /// <summary>Takes the lines that both sides have out of the conflicts.</summary>
    private static IEnumerable<MergeHunk> CutConflicts(List<MergeHunk> hunks, TextLines local, TextLines upstream, CancellationToken cancellationToken) => hunks.SelectMany(hunk =>
    {
        if (!hunk.IsConflict || hunk.LocalCount == 0 || hunk.UpstreamCount == 0) return [hunk];
        var runs = LineDiff.Compare(local.Ids[hunk.LocalStart..hunk.LocalEnd], upstream.Ids[hunk.UpstreamStart..hunk.UpstreamEnd], cancellationToken);
        if (runs.Count == 0) return [hunk with { Result = MergeHunk.Outcome.Same }];
        return runs.Select(run => new MergeHunk(
            MergeHunk.Outcome.Conflict,
            hunk.LocalStart + run.OldStart,
            hunk.LocalStart + run.OldEnd,
            hunk.UpstreamStart + run.NewStart,
            hunk.UpstreamStart + run.NewEnd));
    });

    /// <summary>Joins conflicts with so little between them that it would not be read apart.</summary>
    private static List<MergeHunk> JoinConflicts(IEnumerable<MergeHunk> hunks, TextLines local)
    {
        var joined = new List<MergeHunk>();
        foreach (var hunk in hunks)
        {
            if (joined.Count > 0 && joined[^1].IsConflict && hunk.IsConflict && IsLittle(local, joined[^1].LocalEnd, hunk.LocalStart))
                joined[^1] = joined[^1] with { LocalEnd = hunk.LocalEnd, UpstreamEnd = hunk.UpstreamEnd };
            else joined.Add(hunk);
        }

        return joined;
    }

    private static bool IsLittle(TextLines lines, int start, int end)
    {
        if (end - start < LeastLinesBetween) return true;
        foreach (var letter in lines.Bytes(start, end - start))
        {
            if (char.IsAsciiLetterOrDigit((char)letter)) return false;
        }

        return true;
    }

    /// <summary>A position in the changes of one side.</summary>
    private sealed class Cursor(List<ChangeRun> runs, TextLines lines)
    {
        private int _next;

        public bool IsAtEnd => _next == runs.Count;

        public ChangeRun Current => runs[_next];

        /// <summary>The distance that this side's lines are further down than the base's, between the run before and the current run.</summary>
        public int Shift => !IsAtEnd ? Current.NewStart - Current.OldStart : runs[^1].NewEnd - runs[^1].OldEnd;

        public void MoveNext() => _next++;

        /// <summary>Whether the current run ends before the other side's current run begins, by the lines of the base, without touching it.</summary>
        public bool IsBefore(Cursor other) => !IsAtEnd && (other.IsAtEnd || Current.OldEnd < other.Current.OldStart);

        public bool IsSameChange(Cursor other) =>
            Current.OldStart == other.Current.OldStart && Current.OldCount == other.Current.OldCount && NewIds().SequenceEqual(other.NewIds());

        /// <summary>This side's lines in the place of lines of the base that include the current run.</summary>
        public (int Start, int End) Around(int baseStart, int baseEnd) => (Current.NewStart - (Current.OldStart - baseStart), Current.NewEnd + (baseEnd - Current.OldEnd));

        private ReadOnlySpan<int> NewIds() => lines.Ids.AsSpan(Current.NewStart, Current.NewCount);
    }
}
