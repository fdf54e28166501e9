namespace SkillMeat.HelpBuilder;

/// <summary>A paragraph, list, table or piece of code as lines of plain text.</summary>
/// <param name="Lines">The lines; at least one.</param>
/// <param name="IsCode">Whether it is code, which is indented where there is text around it.</param>
internal sealed record TextChunk(IReadOnlyList<string> Lines, bool IsCode = false)
{
    public const int CodeIndent = 4;

    /// <summary>The lines behind that many spaces; empty ones stay empty.</summary>
    public static IEnumerable<string> Indent(IEnumerable<string> lines, int by) => lines.Select(line => line.Length == 0 ? line : new string(' ', by) + line);
}
