namespace SkillMeat.Merging.Lines;

/// <summary>One of two texts that are compared, and which of its lines the other doesn't have.</summary>
internal sealed class DiffSide(int[] ids)
{
    private readonly bool[] _changed = new bool[ids.Length];

    public int Count => ids.Length;

    public int this[int line] => ids[line];

    /// <summary>Asks for any line; one before the first or after the last is never changed.</summary>
    public bool IsChanged(int line) => (uint)line < (uint)_changed.Length && _changed[line];

    public void Mark(int line, bool isChanged) => _changed[line] = isChanged;
}
