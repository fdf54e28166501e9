namespace SkillMeat.Merging;

/// <summary>A range of lines of a text, counted from 1, both ends included.</summary>
/// <param name="First">The first line. For an empty range, the line after it: one more than the text has if the range is at the end.</param>
/// <param name="Last">The last line; one less than <paramref name="First"/> if the range is empty.</param>
public readonly record struct LineRange(int First, int Last)
{
    /// <summary>The number of lines.</summary>
    public int Count => Last - First + 1;

    /// <summary>Whether the range has no lines, as when one side deleted lines that the other changed.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>Describes the range: <c>line 7</c>, <c>lines 7-9</c>, <c>before line 7</c>.</summary>
    /// <returns>The range in words.</returns>
    public override string ToString() => Count switch
    {
        0 => $"before line {First}",
        1 => $"line {First}",
        _ => $"lines {First}-{Last}",
    };

    internal static LineRange Of(int start, int count) => new(start + 1, start + count);
}
