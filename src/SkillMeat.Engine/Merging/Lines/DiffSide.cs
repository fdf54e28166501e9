namespace SkillMeat.Merging.Lines;

/// <summary>One of two texts that are compared, with a mark on each line that the other text does not have.</summary>
internal sealed class DiffSide(int[] ids)
{
    private readonly bool[] _changed = new bool[ids.Length];

    public int Count => ids.Length;

    public int this[int line] => ids[line];

    /// <summary>Whether a line is marked. A line before the first or after the last never is.</summary>
    public bool IsChanged(int line) => (uint)line < (uint)_changed.Length && _changed[line];

    public void Mark(int line, bool isChanged) => _changed[line] = isChanged;
}
