using System.Globalization;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Shortens values for prompts and <c>-WhatIf</c>, so that each change is one line that can be read.</summary>
internal static class ShortText
{
    private const int Longest = 60;

    /// <summary>Cuts a text that is too long, with an ellipsis.</summary>
    public static string Cut(string text)
    {
        if (text.Length <= Longest) return text;
        // No character is cut in half.
        var starts = StringInfo.ParseCombiningCharacters(text);
        return text[..starts.Last(start => start < Longest)] + "…";
    }

    /// <summary>Cuts each part of a list with semicolons.</summary>
    public static string CutParts(string list) => string.Join("; ", list.Split("; ").Select(Cut));
}
