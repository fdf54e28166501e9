namespace SkillMeat.Upstream.FrontMatters;

/// <summary>Finds characters that text in front matter must not contain.</summary>
internal static class FrontMatterText
{
    /// <summary>Bytes that are not UTF-8 are decoded to this character.</summary>
    public const char Replacement = '\uFFFD';

    /// <summary>Returns the first place with bytes that are no text, or with a character at which YAML ends a line and no editor does; null if there is none.</summary>
    public static FrontMatterProblem? FindUnreadable(string yaml)
    {
        for (var i = 0; i < yaml.Length; i++)
        {
            var character = yaml[i];
            if (character == Replacement) return Problem("there are bytes that are not UTF-8", "Save the file as UTF-8");
            if (IsForbidden(character)) return Problem($"there is the control character U+{(int)character:X4}", "Remove it");
            if (IsSeparator(character)) return Problem($"there is the line separator U+{(int)character:X4}", "Replace it by a space");

            FrontMatterProblem Problem(string message, string hint) => new(FrontMatterProblem.NotText, 1 + CountLineEnds(yaml.AsSpan(0, i)), message, hint);
        }

        return null;
    }

    /// <summary>Whether YAML does not allow a character.</summary>
    public static bool IsForbidden(char character) => char.IsControl(character) && character is not ('\t' or '\n' or '\r' or '\u0085');

    /// <summary>Whether YAML ends a line at a character that is part of one everywhere else.</summary>
    public static bool IsSeparator(char character) => character is '\u0085' or '\u2028' or '\u2029';

    /// <summary>Splits a text into lines, which end in a line feed, a carriage return or both.</summary>
    public static string[] Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');

    /// <summary>Counts the ends of lines.</summary>
    public static int CountLineEnds(ReadOnlySpan<char> text) => text.Count('\n') + text.Count('\r') - text.Count("\r\n");
}
