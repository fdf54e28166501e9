namespace SkillMeat.Merging.Lines;

/// <summary>
/// Myers' search in linear space: from both ends of a box at once, until they meet; there the box is cut, and its parts are searched. A search that gets long
/// takes a good place, or the furthest one, for the best. Those limits are git's, because another cut is another merge.
/// </summary>
internal sealed class EditSearch
{
    private const int LeastCostLimit = 256;
    private const int CostOfShortcuts = 256;
    private const int LongMatch = 20;
    private const int GoodProgress = 4;

    private readonly DiffSide _oldSide;
    private readonly DiffSide _newSide;
    private readonly int[] _oldKept;
    private readonly int[] _newKept;
    private readonly int[] _old;
    private readonly int[] _new;
    private readonly Frontier _forward;
    private readonly Frontier _backward;
    private readonly int _costLimit;

    /// <param name="oldSide">The old text, whose changed lines get marked.</param>
    /// <param name="oldKept">Its lines that are searched.</param>
    /// <param name="newSide">The new text.</param>
    /// <param name="newKept">Its lines that are searched.</param>
    public EditSearch(DiffSide oldSide, int[] oldKept, DiffSide newSide, int[] newKept)
    {
        (_oldSide, _newSide, _oldKept, _newKept) = (oldSide, newSide, oldKept, newKept);
        _old = Array.ConvertAll(oldKept, line => oldSide[line]);
        _new = Array.ConvertAll(newKept, line => newSide[line]);
        _forward = new Frontier(_old.Length, _new.Length);
        _backward = new Frontier(_old.Length, _new.Length);
        _costLimit = Math.Max(LeastCostLimit, RoughRoot.Of(_old.Length + _new.Length + 3));
    }

    public void Run(CancellationToken cancellationToken)
    {
        // Not by recursion: limited searches can cut off thin slices, thousands of them within each other.
        var boxes = new Stack<SearchBox>();
        boxes.Push(new SearchBox(0, _old.Length, 0, _new.Length, IsExact: false));
        while (boxes.TryPop(out var box))
        {
            cancellationToken.ThrowIfCancellationRequested();
            box = Trim(box);
            if (box.OldStart == box.OldEnd || box.NewStart == box.NewEnd)
            {
                for (var i = box.OldStart; i < box.OldEnd; i++) _oldSide.Mark(_oldKept[i], true);
                for (var i = box.NewStart; i < box.NewEnd; i++) _newSide.Mark(_newKept[i], true);
                continue;
            }

            var (before, after) = box.SplitAt(FindSplit(box));
            boxes.Push(after);
            boxes.Push(before);
        }
    }

    private SearchBox Trim(SearchBox box)
    {
        var prefix = _old.AsSpan(box.OldStart..box.OldEnd).CommonPrefixLength(_new.AsSpan(box.NewStart..box.NewEnd));
        var (oldStart, newStart, oldEnd, newEnd) = (box.OldStart + prefix, box.NewStart + prefix, box.OldEnd, box.NewEnd);
        while (oldEnd > oldStart && newEnd > newStart && _old[oldEnd - 1] == _new[newEnd - 1]) (oldEnd, newEnd) = (oldEnd - 1, newEnd - 1);
        return box with { OldStart = oldStart, OldEnd = oldEnd, NewStart = newStart, NewEnd = newEnd };
    }

    private SearchSplit FindSplit(SearchBox box)
    {
        _forward.Begin(box.OldStart - box.NewStart, box.OldStart, -1);
        _backward.Begin(box.OldEnd - box.NewEnd, box.OldEnd, int.MaxValue);
        for (var cost = 1; ; cost++)
        {
            var hasLongMatch = false;
            if (StepForward(box, ref hasLongMatch) is { } meetingForward) return meetingForward;
            if (StepBackward(box, ref hasLongMatch) is { } meetingBackward) return meetingBackward;
            if (box.IsExact) continue;
            if (hasLongMatch && cost > CostOfShortcuts && (FindGoodForward(box, cost) ?? FindGoodBackward(box, cost)) is { } good) return good;
            if (cost >= _costLimit) return FindFurthest(box);
        }
    }

    // The two ends can meet in the forward step only when an odd number of edits lies between the corners, and else only in the backward one.
    private static bool IsOdd(SearchBox box) => ((box.OldStart - box.NewStart - box.OldEnd + box.NewEnd) & 1) != 0;

    private SearchSplit? StepForward(SearchBox box, ref bool hasLongMatch)
    {
        _forward.Widen(box.OldStart - box.NewEnd, box.OldEnd - box.NewStart);
        var canMeet = IsOdd(box);
        for (var diagonal = _forward.Highest; diagonal >= _forward.Lowest; diagonal -= 2)
        {
            var start = Math.Max(_forward[diagonal - 1] + 1, _forward[diagonal + 1]);
            var (o, n) = (start, start - diagonal);
            while (o < box.OldEnd && n < box.NewEnd && _old[o] == _new[n]) (o, n) = (o + 1, n + 1);
            hasLongMatch |= o - start > LongMatch;
            _forward[diagonal] = o;
            if (canMeet && _backward.Covers(diagonal) && _backward[diagonal] <= o) return new SearchSplit(o, n, true, true);
        }

        return null;
    }

    private SearchSplit? StepBackward(SearchBox box, ref bool hasLongMatch)
    {
        _backward.Widen(box.OldStart - box.NewEnd, box.OldEnd - box.NewStart);
        var canMeet = !IsOdd(box);
        for (var diagonal = _backward.Highest; diagonal >= _backward.Lowest; diagonal -= 2)
        {
            var start = Math.Min(_backward[diagonal - 1], _backward[diagonal + 1] - 1);
            var (o, n) = (start, start - diagonal);
            while (o > box.OldStart && n > box.NewStart && _old[o - 1] == _new[n - 1]) (o, n) = (o - 1, n - 1);
            hasLongMatch |= start - o > LongMatch;
            _backward[diagonal] = o;
            if (canMeet && _forward.Covers(diagonal) && o <= _forward[diagonal]) return new SearchSplit(o, n, true, true);
        }

        return null;
    }

    // Good is a point at the end of a long match that lies far from the corner for what it cost, less what it strayed from the corner's diagonal.
    private SearchSplit? FindGoodForward(SearchBox box, int cost)
    {
        SearchSplit? found = null;
        var best = GoodProgress * cost;
        for (var diagonal = _forward.Highest; diagonal >= _forward.Lowest; diagonal -= 2)
        {
            var (o, n) = (_forward[diagonal], _forward[diagonal] - diagonal);
            var progress = o - box.OldStart + n - box.NewStart - Math.Abs(diagonal - box.OldStart + box.NewStart);
            var isInside = o >= box.OldStart + LongMatch && o < box.OldEnd && n >= box.NewStart + LongMatch && n < box.NewEnd;
            if (progress <= best || !isInside || !IsMatch(o - LongMatch, n - LongMatch)) continue;
            (best, found) = (progress, new SearchSplit(o, n, true, false));
        }

        return found;
    }

    private SearchSplit? FindGoodBackward(SearchBox box, int cost)
    {
        SearchSplit? found = null;
        var best = GoodProgress * cost;
        for (var diagonal = _backward.Highest; diagonal >= _backward.Lowest; diagonal -= 2)
        {
            var (o, n) = (_backward[diagonal], _backward[diagonal] - diagonal);
            var progress = box.OldEnd - o + box.NewEnd - n - Math.Abs(diagonal - box.OldEnd + box.NewEnd);
            var isInside = o > box.OldStart && o <= box.OldEnd - LongMatch && n > box.NewStart && n <= box.NewEnd - LongMatch;
            if (progress <= best || !isInside || !IsMatch(o, n)) continue;
            (best, found) = (progress, new SearchSplit(o, n, false, true));
        }

        return found;
    }

    private bool IsMatch(int o, int n) => _old.AsSpan(o, LongMatch).SequenceEqual(_new.AsSpan(n, LongMatch));

    private SearchSplit FindFurthest(SearchBox box)
    {
        var (ahead, aheadOld) = (-1, -1);
        for (var diagonal = _forward.Highest; diagonal >= _forward.Lowest; diagonal -= 2)
        {
            var o = Math.Min(Math.Min(_forward[diagonal], box.OldEnd), box.NewEnd + diagonal);
            if (o + o - diagonal > ahead) (ahead, aheadOld) = (o + o - diagonal, o);
        }

        var (behind, behindOld) = (int.MaxValue, int.MaxValue);
        for (var diagonal = _backward.Highest; diagonal >= _backward.Lowest; diagonal -= 2)
        {
            var o = Math.Max(Math.Max(_backward[diagonal], box.OldStart), box.NewStart + diagonal);
            if (o + o - diagonal < behind) (behind, behindOld) = (o + o - diagonal, o);
        }

        return box.OldEnd + box.NewEnd - behind < ahead - box.OldStart - box.NewStart
            ? new SearchSplit(aheadOld, ahead - aheadOld, true, false)
            : new SearchSplit(behindOld, behind - behindOld, false, true);
    }
}
