using System.Buffers;
using System.Globalization;
using System.Text;

namespace SkillMeat.Collections;

/// <summary>
/// Makes untrusted text safe for a terminal: control characters, which a terminal obeys, become spaces, and characters that are invisible or change the order of others become escapes such as
/// <c>\u202e</c>.
/// </summary>
/// <remarks>This file is part of the module's loader as well, whose views cannot refer to the engine.</remarks>
internal static class VisibleText
{
    private static readonly SearchValues<char> _suspects = SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(number => (char)number).Where(IsSuspect)]);

    /// <summary>Makes text of several lines safe.</summary>
    /// <param name="text">The text, or null.</param>
    /// <returns>The text, in which line ends and tabs stay.</returns>
    public static string Lines(string? text) => Show(text, areLinesKept: true);

    /// <summary>Makes text safe on one line.</summary>
    /// <param name="text">The text, or null.</param>
    /// <returns>The text, in which line ends are spaces.</returns>
    public static string Line(string? text) => Show(text, areLinesKept: false);

    /// <summary>Finds a character that no name should have, because it is invisible or changes the order of others.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Its escape, or null.</returns>
    public static string? FindHidden(string text)
    {
        if (!text.AsSpan().ContainsAny(_suspects)) return null;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHidden(rune)) return Escape(rune);
        }

        return null;
    }

    private static string Show(string? text, bool areLinesKept)
    {
        if (text is null) return "";
        if (!text.AsSpan().ContainsAny(_suspects)) return text;
        var shown = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHidden(rune)) shown.Append(Escape(rune));
            else if (Rune.IsControl(rune) && !(areLinesKept && rune.Value is '\n' or '\t')) shown.Append(' ');
            else shown.Append(rune.ToString());
        }

        return shown.ToString();
    }

    private static string Escape(Rune rune) => rune.IsBmp ? $"\\u{rune.Value.ToString("x4", CultureInfo.InvariantCulture)}" : $"\\U{rune.Value.ToString("x8", CultureInfo.InvariantCulture)}";

    // Format characters reorder text or are invisible, as are tags, and the selectors of the supplement, in which texts can be hidden. Separators end a line for some programs.
    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || rune.Value is >= 0xE0000 and <= 0xE0FFF;

    private static bool IsSuspect(char letter) => char.IsControl(letter) || char.IsHighSurrogate(letter)
        || char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
