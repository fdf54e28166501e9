using SkillMeat.Collections;

namespace SkillMeat.Cli.Output;

/// <summary>Makes untrusted text safe for a terminal.</summary>
internal static class PlainText
{
    /// <summary>Replaces control characters by spaces, except line ends and tabs, and hidden characters by escapes.</summary>
    public static string OnLines(string text) => VisibleText.Lines(text);

    /// <summary>Replaces control characters, which a terminal would obey, and line ends by spaces, and hidden characters by escapes.</summary>
    public static string OnOneLine(string text) => VisibleText.Line(text);
}
