namespace SkillMeat.Merging.Lines;

/// <summary>
/// How far a search came on each diagonal with the edits made so far, as the number of an old line. A diagonal is an old line less the new line at the same place.
/// </summary>
internal sealed class Frontier(int oldCount, int newCount)
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

    /// <summary>Starts anew.</summary>
    /// <param name="diagonal">Where the search starts.</param>
    /// <param name="line">The old line there.</param>
    /// <param name="outside">What a diagonal that it never came to counts as: worse than any line.</param>
    public void Begin(int diagonal, int line, int outside)
    {
        (Lowest, Highest, _outside) = (diagonal, diagonal, outside);
        this[diagonal] = line;
    }

    /// <summary>One more edit reaches one more diagonal at either end. At the border of the box it is one less, as every second diagonal is looked at.</summary>
    public void Widen(int least, int most)
    {
        if (Lowest > least) this[--Lowest - 1] = _outside;
        else Lowest++;
        if (Highest < most) this[++Highest + 1] = _outside;
        else Highest--;
    }

    public bool Covers(int diagonal) => Lowest <= diagonal && diagonal <= Highest;
}
