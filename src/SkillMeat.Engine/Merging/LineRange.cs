namespace SkillMeat.Merging;

/// <summary>Lines of a text that follow each other, counted from 1, both ends included.</summary>
/// <param name="First">The first line. Of an empty range: the line before which it lies, one more than the text has when it lies at the end.</param>
/// <param name="Last">The last line; one less than <paramref name="First"/> when the range is empty.</param>
public readonly record struct LineRange(int First, int Last)
{
    /// <summary>How many lines there are.</summary>
    public int Count => Last - First + 1;

    /// <summary>Whether there are none, as where the other side deleted what this one changed, or added where this one didn't.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>Says it as a person would: <c>line 7</c>, <c>lines 7-9</c>, <c>before line 7</c>.</summary>
    /// <returns>The range in words.</returns>
    public override string ToString() => Count switch
    {
        0 => $"before line {First}",
        1 => $"line {First}",
        _ => $"lines {First}-{Last}",
    };

    internal static LineRange Of(int start, int count) => new(start + 1, start + count);
}
