using System.Text;

namespace SkillMeat.HelpBuilder;

/// <summary>Writes a topic in the format of PowerShell's own: headings at the margin, text indented by 4, lines of at most 80 characters.</summary>
public static class AboutTextWriter
{
    /// <summary>The length of lines of text, without the indentation.</summary>
    public const int TextWidth = 80 - TextIndent;

    private const int TextIndent = 4;
    private const int SubheadingIndent = 2;

    /// <summary>Writes a topic.</summary>
    /// <param name="page">The topic.</param>
    /// <returns>Text that ends with a line end. Its fifth line is the short description, from which <c>Get-Help</c> takes the synopsis.</returns>
    public static string Write(AboutPage page)
    {
        var text = new StringBuilder();
        Add(text, "TOPIC", 0, [page.Name]);
        Add(text.Append('\n'), "SHORT DESCRIPTION", 0, [page.ShortDescription]);
        foreach (var section in page.Sections)
        {
            text.Append('\n');
            if (section.IsSubsection) Add(text, section.Title, SubheadingIndent, section.Lines);
            else Add(text, section.Title.ToUpperInvariant(), 0, section.Lines);
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, string heading, int indent, IEnumerable<string> lines)
    {
        text.Append(' ', indent).Append(heading).Append('\n');
        foreach (var line in TextChunk.Indent(lines, TextIndent)) text.Append(line).Append('\n');
    }
}
