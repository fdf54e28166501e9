using System.Globalization;
using System.Text;

namespace SkillMeat.Upstream.Http;

/// <summary>Makes text from a server safe to show on one line of a terminal.</summary>
internal static class ServerText
{
    /// <summary>
    /// Removes control and formatting characters, which can move the cursor and reorder text, and replaces line breaks and runs of white space by one
    /// space.
    /// </summary>
    public static string Flatten(string text)
    {
        var flat = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                if (flat.Length > 0 && flat[^1] != ' ') flat.Append(' ');
            }
            else if (!char.IsControl(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format)
            {
                flat.Append(c);
            }
        }
        return flat.ToString().TrimEnd();
    }

    /// <summary>Shortens a text to a maximum number of characters without splitting a surrogate pair.</summary>
    public static string Cut(string text, int max)
    {
        if (text.Length <= max) return text;
        int end = char.IsHighSurrogate(text[max - 2]) ? max - 2 : max - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
