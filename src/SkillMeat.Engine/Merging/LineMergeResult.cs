namespace SkillMeat.Merging;

/// <summary>The result of a merge of texts: the merged text, or the conflicts.</summary>
/// <param name="Text">The merged bytes; empty if there are conflicts, because nobody can use half a merge.</param>
/// <param name="Conflicts">The conflicts in the order of the lines; none if the merge is clean.</param>
internal sealed record LineMergeResult(ReadOnlyMemory<byte> Text, IReadOnlyList<LineConflict> Conflicts)
{
    public bool IsClean => Conflicts.Count == 0;

    public static LineMergeResult Clean(ReadOnlyMemory<byte> text) => new(text, []);
}
