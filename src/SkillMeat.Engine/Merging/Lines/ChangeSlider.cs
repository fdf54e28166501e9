namespace SkillMeat.Merging.Lines;

/// <summary>
/// Moves changes that could as well be a few lines higher or lower: to the lowest place at which the other text has a change too, so that one replacement is not
/// told as a deletion here and an insertion there; else as low as possible. Changes that meet become one.
/// </summary>
internal static class ChangeSlider
{
    public static void Slide(DiffSide side, DiffSide other, CancellationToken cancellationToken)
    {
        var group = new ChangeGroup(side);
        var counterpart = new ChangeGroup(other);
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!group.IsEmpty) Settle(group, counterpart);
            counterpart.MoveNext();
        }
        while (group.MoveNext());
    }

    private static void Settle(ChangeGroup group, ChangeGroup counterpart)
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
}
