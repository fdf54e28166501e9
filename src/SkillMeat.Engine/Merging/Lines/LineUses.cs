using System.Runtime.InteropServices;

namespace SkillMeat.Merging.Lines;

/// <summary>How often each line is in a text.</summary>
internal sealed class LineUses
{
    private readonly Dictionary<int, int> _counts = [];

    public LineUses(int[] ids)
    {
        foreach (var id in ids) CollectionsMarshal.GetValueRefOrAddDefault(_counts, id, out _)++;
    }

    public int this[int id] => _counts.GetValueOrDefault(id);
}
