namespace SkillMeat.Merging.Lines;

/// <summary>
/// Myers' search for the shortest edit, in linear space: it starts from both ends of a box at once and cuts the box where the two ends meet; then it searches the parts.
/// A search that gets long takes a good or the furthest point for the meeting point. The limits are git's, because another cut is another merge.
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

    /// <param name="oldSide">The old text.</param>
    /// <param name="oldKept">The lines of it to search.</param>
    /// <param name="newSide">The new text.</param>
    /// <param name="newKept">The lines of it to search.</param>
    public EditSearch(DiffSide oldSide, int[] oldKept, DiffSide newSide, int[] newKept)
    {
        (_oldSide, _newSide, _oldKept, _newKept) = (oldSide, newSide, oldKept, newKept);
        _old = Array.ConvertAll(oldKept, line => oldSide[line]);
        _new = Array.ConvertAll(newKept, line => newSide[line]);
        _forward = new Frontier(_old.Length, _new.Length);
        _backward = new Frontier(_old.Length, _new.Length);
        _costLimit = Math.Max(LeastCostLimit, RoughRoot(_old.Length + _new.Length + 3));
    }

    /// <summary>The square root as git's limits take it: a power of two, at most twice the true root.</summary>
    public static int RoughRoot(int number)
    {
        var root = 1;
        for (; number > 0; number >>= 2) root <<= 1;
        return root;
    }

    /// <summary>Marks the changed lines of both texts.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        // A stack and no recursion: limited searches can cut off thousands of thin slices, one within the other.
        var boxes = new Stack<Box>();
        boxes.Push(new Box(0, _old.Length, 0, _new.Length, IsExact: false));
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

            var (before, after) = box.CutAt(FindCut(box));
            boxes.Push(after);
            boxes.Push(before);
        }
    }

    private Box Trim(Box box)
    {
        var prefix = _old.AsSpan(box.OldStart..box.OldEnd).CommonPrefixLength(_new.AsSpan(box.NewStart..box.NewEnd));
        var (oldStart, newStart, oldEnd, newEnd) = (box.OldStart + prefix, box.NewStart + prefix, box.OldEnd, box.NewEnd);
        while (oldEnd > oldStart && newEnd > newStart && _old[oldEnd - 1] == _new[newEnd - 1]) (oldEnd, newEnd) = (oldEnd - 1, newEnd - 1);
        return box with { OldStart = oldStart, OldEnd = oldEnd, NewStart = newStart, NewEnd = newEnd };
    }

    private Cut FindCut(Box box)
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

    // The ends can meet in the forward step only if the number of edits between the corners is odd, else only in the backward step.
    private static bool IsOdd(Box box) => ((box.OldStart - box.NewStart - box.OldEnd + box.NewEnd) & 1) != 0;

    private Cut? StepForward(Box box, ref bool hasLongMatch)
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
            if (canMeet && _backward.Covers(diagonal) && _backward[diagonal] <= o) return new Cut(o, n, true, true);
        }

        return null;
    }

    private Cut? StepBackward(Box box, ref bool hasLongMatch)
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
            if (canMeet && _forward.Covers(diagonal) && o <= _forward[diagonal]) return new Cut(o, n, true, true);
        }

        return null;
    }

    // A good point ends a long match and is far from the corner for its cost, less the distance to the corner's diagonal.
    private Cut? FindGoodForward(Box box, int cost)
    {
        Cut? found = null;
        var best = GoodProgress * cost;
        for (var diagonal = _forward.Highest; diagonal >= _forward.Lowest; diagonal -= 2)
        {
            var (o, n) = (_forward[diagonal], _forward[diagonal] - diagonal);
            var progress = o - box.OldStart + n - box.NewStart - Math.Abs(diagonal - box.OldStart + box.NewStart);
            var isInside = o >= box.OldStart + LongMatch && o < box.OldEnd && n >= box.NewStart + LongMatch && n < box.NewEnd;
            if (progress <= best || !isInside || !IsMatch(o - LongMatch, n - LongMatch)) continue;
            (best, found) = (progress, new Cut(o, n, true, false));
        }

        return found;
    }

    private Cut? FindGoodBackward(Box box, int cost)
    {
        Cut? found = null;
        var best = GoodProgress * cost;
        for (var diagonal = _backward.Highest; diagonal >= _backward.Lowest; diagonal -= 2)
        {
            var (o, n) = (_backward[diagonal], _backward[diagonal] - diagonal);
            var progress = box.OldEnd - o + box.NewEnd - n - Math.Abs(diagonal - box.OldEnd + box.NewEnd);
            var isInside = o > box.OldStart && o <= box.OldEnd - LongMatch && n > box.NewStart && n <= box.NewEnd - LongMatch;
            if (progress <= best || !isInside || !IsMatch(o, n)) continue;
            (best, found) = (progress, new Cut(o, n, false, true));
        }

        return found;
    }

    private bool IsMatch(int o, int n) => _old.AsSpan(o, LongMatch).SequenceEqual(_new.AsSpan(n, LongMatch));

    private Cut FindFurthest(Box box)
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
            ? new Cut(aheadOld, ahead - aheadOld, true, false)
            : new Cut(behindOld, behind - behindOld, false, true);
    }

    /// <summary>A part of the old text that is compared with a part of the new text.</summary>
    /// <param name="OldStart">The first old line.</param>
    /// <param name="OldEnd">The old line after the last.</param>
    /// <param name="NewStart">The first new line.</param>
    /// <param name="NewEnd">The new line after the last.</param>
    /// <param name="IsExact">Whether the shortest edit has to be found: the search knows already that it is short.</param>
    private readonly record struct Box(int OldStart, int OldEnd, int NewStart, int NewEnd, bool IsExact)
    {
        public (Box Before, Box After) CutAt(Cut cut) => (
            new Box(OldStart, cut.Old, NewStart, cut.New, cut.IsBeforeExact),
            new Box(cut.Old, OldEnd, cut.New, NewEnd, cut.IsAfterExact));
    }

    /// <summary>A point on the way from the start of a box to its end.</summary>
    private readonly record struct Cut(int Old, int New, bool IsBeforeExact, bool IsAfterExact);

    /// <summary>
    /// The old line that the search has reached on each diagonal with the edits made so far. A diagonal is an old line less the new line at the same place.
    /// </summary>
    private sealed class Frontier(int oldCount, int newCount)
    {
        private readonly int[] _reached = new int[oldCount + newCount + 3];
        private readonly int _zero = newCount + 1;
        private int _outside;

        public int Lowest { get; private set; }

        public int Highest { get; private set; }

        public int this[int diagonal]
        {
            get => _reached[_zero + diagonal];
            set => _reached[_zero + diagonal] = value;
        }

        /// <summary>Starts a search.</summary>
        /// <param name="diagonal">The first diagonal.</param>
        /// <param name="line">The old line to start at.</param>
        /// <param name="outside">The value of a diagonal that the search has not reached: worse than any line.</param>
        public void Begin(int diagonal, int line, int outside)
        {
            (Lowest, Highest, _outside) = (diagonal, diagonal, outside);
            this[diagonal] = line;
        }

        /// <summary>Allows one more edit, which reaches one more diagonal at either end. At the border of the box it is one less, because each step visits every second diagonal.</summary>
        public void Widen(int least, int most)
        {
            if (Lowest > least) this[--Lowest - 1] = _outside;
            else Lowest++;
            if (Highest < most) this[++Highest + 1] = _outside;
            else Highest--;
        }

        public bool Covers(int diagonal) => Lowest <= diagonal && diagonal <= Highest;
    }
}
