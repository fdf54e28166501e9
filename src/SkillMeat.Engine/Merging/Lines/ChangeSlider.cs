namespace SkillMeat.Merging.Lines;

/// <summary>
/// Moves each change that is the same change a few lines higher or lower: to the lowest place at which the other text has a change too, so that a replacement is not
/// shown as a deletion and an insertion elsewhere; else as low as possible. Changes that meet become one.
/// </summary>
internal static class ChangeSlider
{
    public static void Slide(DiffSide side, DiffSide other, CancellationToken cancellationToken)
    {
        var group = new Group(side);
        var counterpart = new Group(other);
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!group.IsEmpty) Settle(group, counterpart);
            counterpart.MoveNext();
        }
        while (group.MoveNext());
    }

    private static void Settle(Group group, Group counterpart)
    {
        int count;
        bool hasCounterpart;
        bool canMove;
        do
        {
            count = group.Count;
            while (group.TrySlideUp()) counterpart.MoveBack();
            hasCounterpart = !counterpart.IsEmpty;
            var highest = group.End;
            while (group.TrySlideDown())
            {
                counterpart.MoveNext();
                hasCounterpart |= !counterpart.IsEmpty;
            }

            canMove = group.End != highest;
        }
        while (group.Count != count);

        if (!canMove || !hasCounterpart) return;
        while (counterpart.IsEmpty && group.TrySlideUp()) counterpart.MoveBack();
    }

    /// <summary>
    /// The changed lines between two unchanged ones, possibly none. So the groups of two texts correspond one to one, as their unchanged lines do.
    /// </summary>
    private sealed class Group
    {
        private readonly DiffSide _side;

        /// <summary>Starts at the first group of a text.</summary>
        public Group(DiffSide side)
        {
            _side = side;
            TakeInBelow();
        }

        public int Start { get; private set; }

        public int End { get; private set; }

        public int Count => End - Start;

        public bool IsEmpty => Count == 0;

        public bool MoveNext()
        {
            if (End == _side.Count) return false;
            Start = ++End;
            TakeInBelow();
            return true;
        }

        public void MoveBack()
        {
            End = --Start;
            TakeInAbove();
        }

        /// <summary>Moves the group one line up, which is the same change if its last line equals the line above it. A group that it meets becomes part of it.</summary>
        public bool TrySlideUp()
        {
            if (Start == 0 || _side[Start - 1] != _side[End - 1]) return false;
            _side.Mark(--Start, true);
            _side.Mark(--End, false);
            TakeInAbove();
            return true;
        }

        /// <summary>Moves the group one line down, which is the same change if its first line equals the line below it. A group that it meets becomes part of it.</summary>
        public bool TrySlideDown()
        {
            if (End == _side.Count || _side[Start] != _side[End]) return false;
            _side.Mark(Start++, false);
            _side.Mark(End++, true);
            TakeInBelow();
            return true;
        }

        private void TakeInAbove()
        {
            while (_side.IsChanged(Start - 1)) Start--;
        }

        private void TakeInBelow()
        {
            while (_side.IsChanged(End)) End++;
        }
    }
}
