namespace SkillMeat.Merging.Lines;

/// <summary>A text cut into lines. Lines count from 0 here.</summary>
/// <param name="text">The bytes.</param>
/// <param name="ids">A number for each line: equal numbers, equal bytes.</param>
/// <param name="starts">Where each line starts, and at the end the length.</param>
internal sealed class TextLines(ReadOnlyMemory<byte> text, int[] ids, int[] starts)
{
    public int[] Ids => ids;

    public int Count => ids.Length;

    public ReadOnlySpan<byte> Bytes(int start, int count) => text.Span[starts[start]..starts[start + count]];
}
