using System.Globalization;
using System.Text;
using SkillMeat.Collections;

namespace SkillMeat.Cache.Search.Words;

/// <summary>Makes letters equal that people take for one: without case, accents and width.</summary>
internal static class LetterFolding
{
    private const int WidthOffset = 0xFEE0;

    /// <summary>Whether a letter belongs to a script that is written without blanks, so that its words can only be found as parts of longer text.</summary>
    public static bool IsUnspaced(Rune rune) => rune.Value switch
    {
        < 0x0E00 => false,
        <= 0x109F or (>= 0x1100 and <= 0x11FF) or (>= 0x1780 and <= 0x17FF) => true,
        (>= 0x3005 and <= 0x3007) or (>= 0x3040 and <= 0x30FA) or (>= 0x30FC and <= 0x318F) or (>= 0x31A0 and <= 0x31FF) => true,
        (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0xA4CF) or (>= 0xA960 and <= 0xA97F) or (>= 0xAC00 and <= 0xD7FF) or (>= 0xF900 and <= 0xFAFF) => true,
        (>= 0xFF66 and <= 0xFF9F) or (>= 0x20000 and <= 0x3FFFF) => true,
        _ => false,
    } && IsLetter(rune);

    /// <summary>Whether a letter is part of a word.</summary>
    public static bool IsLetter(Rune rune) => rune.IsAscii ? char.IsAsciiLetterOrDigit((char)rune.Value) : Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.NonSpacingMark;

    /// <summary>Whether a character is an accent, a vowel sign that may be left out, or an invisible joiner: it never ends a word, and makes no difference.</summary>
    public static bool IsIgnored(Rune rune) => rune.Value is 0xAD or (>= 0x300 and <= 0x36F) or (>= 0x483 and <= 0x487) or (>= 0x591 and <= 0x5C7) or (>= 0x610 and <= 0x61A) or (>= 0x64B and <= 0x65F) or 0x670
        or (>= 0x6D6 and <= 0x6ED) or 0x200C or 0x200D or 0x2060 or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format;

    /// <summary>Returns the letter of usual width.</summary>
    public static Rune Widen(Rune rune) => rune.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(rune.Value - WidthOffset) : rune;

    /// <summary>Appends a letter in its folded form.</summary>
    public static void Append(StringBuilder text, Rune rune)
    {
        if (rune.IsAscii)
        {
            text.Append(char.ToLowerInvariant((char)rune.Value));
            return;
        }

        if (!rune.IsBmp)
        {
            text.Append(Rune.ToLowerInvariant(rune).ToString());
            return;
        }

        switch (char.ToLowerInvariant(CanonicalForm.BaseOf((char)rune.Value)))
        {
            case 'ß': text.Append("ss"); break;
            case 'æ': text.Append("ae"); break;
            case 'œ': text.Append("oe"); break;
            case 'ø': text.Append('o'); break;
            case 'ł': text.Append('l'); break;
            case 'đ': text.Append('d'); break;
            case 'ı': text.Append('i'); break;
            case 'ς': text.Append('σ'); break;
            case var other: text.Append(other); break;
        }
    }
}
