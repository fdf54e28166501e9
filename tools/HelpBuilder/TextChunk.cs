namespace SkillMeat.HelpBuilder;

/// <summary>A paragraph, list, table or piece of code as lines of plain text.</summary>
/// <param name="Lines">The lines; at least one.</param>
/// <param name="IsCode">Whether it is code, which is indented between other text.</param>
internal sealed record TextChunk(IReadOnlyList<string> Lines, bool IsCode = false)
{
    public const int CodeIndent = 4;

    /// <summary>Returns the lines indented by a number of spaces. Empty lines stay empty.</summary>
    public static IEnumerable<string> Indent(IEnumerable<string> lines, int by) => lines.Select(line => line.Length == 0 ? line : new string(' ', by) + line);
}
