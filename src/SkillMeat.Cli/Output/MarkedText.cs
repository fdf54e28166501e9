using Spectre.Console;

namespace SkillMeat.Cli.Output;

/// <summary>Text in which found words stand between two pairs of asterisks, none of which includes a blank.</summary>
internal static class MarkedText
{
    private const string Mark = "**";

    private static readonly Style _hit = new(Color.Yellow, decoration: Decoration.Bold);

    /// <summary>Removes the marks.</summary>
    public static string Plain(string text) => text.Replace(Mark, "", StringComparison.Ordinal);

    /// <summary>Wraps the text, and makes the found words stand out instead of their marks.</summary>
    public static Paragraph Draw(string text, int width)
    {
        var words = text.Split(' ');
        var drawn = new Paragraph();
        var (at, separator) = (0, "");
        foreach (var line in TableLayout.Wrap(Plain(text), width))
        {
            foreach (var word in line.Split(' '))
            {
                drawn.Append(separator);
                // A word that was cut has lost its marks.
                Append(drawn, at < words.Length && Plain(words[at]) == word ? words[at] : word);
                at++;
                separator = " ";
            }

            separator = "\n";
        }

        return drawn;
    }

    private static void Append(Paragraph drawn, string word)
    {
        var isHit = false;
        foreach (var part in word.Split(Mark))
        {
            if (part.Length > 0) drawn.Append(part, isHit ? _hit : Style.Plain);
            isHit = !isHit;
        }
    }
}
