using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>Checks texts that users write into manifests.</summary>
internal static class EditableText
{
    private const int LongestName = 255;
    private const int LongestText = 10_000;

    /// <summary>Returns the reason why a text cannot be a value, to follow its name, or null.</summary>
    public static string? DescribeProblem(string text) => !IsUnicode(text) ? "has half of a surrogate pair"
        : ControlCharacters.AreIn(text) ? "contains a control character"
        : text.Length > LongestText ? $"has more than {LongestText} characters" : null;

    /// <summary>Returns the reason why a text cannot be a name, or null.</summary>
    public static string? DescribeNameProblem(string name) => name.AsSpan().Trim().IsEmpty ? "is empty"
        : name.Length > LongestName ? $"has more than {LongestName} characters"
        : name.AsSpan().Trim().Length < name.Length ? "begins or ends with a space"
        : DescribeProblem(name) ?? (VisibleText.FindHidden(name) is { } hidden ? $"contains the hidden character {hidden}" : null);

    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: a text cannot be a value.</exception>
    /// <param name="text">The text, or null.</param>
    /// <param name="value">The value, for the message, such as "The description of a group".</param>
    public static void Check(string? text, string value)
    {
        if (text is not null && DescribeProblem(text) is { } problem) throw new SkillMeatException(ErrorIds.InvalidArgument, $"{value} {problem}.");
    }

    /// <summary>Whether every surrogate of a text is part of a pair.</summary>
    public static bool IsUnicode(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at])) continue;
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return false;
            at++;
        }

        return true;
    }
}
