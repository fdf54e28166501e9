namespace SkillMeat.Cli.Output;

/// <summary>Makes text that others wrote fit for a terminal and for a line.</summary>
internal static class PlainText
{
    /// <summary>Text of several lines, without control characters but line ends and tabs.</summary>
    public static string OnLines(string text) => new(text.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? ' ' : c).ToArray());

    /// <summary>Without control characters: a terminal would obey them, and a line end would make two lines of one.</summary>
    public static string OnOneLine(string text) => text.Any(char.IsControl) ? new string(text.Select(c => char.IsControl(c) ? ' ' : c).ToArray()) : text;
}
