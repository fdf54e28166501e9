namespace SkillMeat.Merging;

/// <summary>What became of three texts: a fourth, or the places where a person has to choose.</summary>
/// <param name="Text">The merged bytes; empty where there are conflicts, because half a merge is of no use to anybody.</param>
/// <param name="Conflicts">The conflicts in the order of the lines; none when the merge is clean.</param>
internal sealed record LineMergeResult(ReadOnlyMemory<byte> Text, IReadOnlyList<LineConflict> Conflicts)
{
    public bool IsClean => Conflicts.Count == 0;

    public static LineMergeResult Clean(ReadOnlyMemory<byte> text) => new(text, []);
}
