namespace SkillMeat.Merging.Lines;

/// <summary>
/// Changed lines that follow each other, with the unchanged line after them. Between two unchanged lines there is always a group, which may be empty; so the groups
/// of two texts correspond one to one, as their unchanged lines do.
/// </summary>
internal sealed class ChangeGroup
{
    private readonly DiffSide _side;

    /// <summary>Stands at the first group of a text.</summary>
    public ChangeGroup(DiffSide side)
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

    /// <summary>Moves the group one line up, which is the same change when its last line equals the one above it. A group that it comes to becomes part of it.</summary>
    public bool TrySlideUp()
    {
        if (Start == 0 || _side[Start - 1] != _side[End - 1]) return false;
        _side.Mark(--Start, true);
        _side.Mark(--End, false);
        TakeInAbove();
        return true;
    }

    /// <summary>Moves the group one line down, which is the same change when its first line equals the one below it.</summary>
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
