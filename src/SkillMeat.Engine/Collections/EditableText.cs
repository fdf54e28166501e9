using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>Checks texts that users write into manifests.</summary>
internal static class EditableText
{
    private const int LongestName = 255;
    private const int LongestText = 10_000;
    private const string Description = "description";

    /// <summary>Returns the reason why a text cannot be a value, to follow its name, or null.</summary>
    public static string? DescribeProblem(string text) => !IsUnicode(text) ? "has half of a surrogate pair"
        : ControlCharacters.AreIn(text) ? "contains a control character"
        : text.Length > LongestText ? $"has more than {LongestText} characters" : null;

    /// <summary>Returns the reason why a text cannot be a name, or null.</summary>
    public static string? DescribeNameProblem(string name) => name.AsSpan().Trim().IsEmpty ? "is empty"
        : name.Length > LongestName ? $"has more than {LongestName} characters"
        : name.AsSpan().Trim().Length < name.Length ? "begins or ends with a space"
        : DescribeProblem(name) ?? (VisibleText.FindHidden(name) is { } hidden ? $"contains the hidden character {hidden}" : null);

    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: a text cannot be a value. A description may have several lines.</exception>
    /// <param name="text">The text, or null.</param>
    /// <param name="key">The key of the value, such as "description".</param>
    /// <param name="owner">The thing with the value, for the message, such as "a group".</param>
    public static void Check(string? text, string key, string owner)
    {
        if (text is null) return;
        var checkedText = key == Description ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\n', ' ') : text;
        if (DescribeProblem(checkedText) is { } problem) throw new SkillMeatException(ErrorIds.InvalidArgument, $"The {key} of {owner} {problem}.");
    }

    /// <summary>Checks a description, which may have several lines.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the text cannot be one.</exception>
    /// <param name="text">The text, or null.</param>
    /// <param name="owner">The thing with the description, for the message.</param>
    public static void CheckDescription(string? text, string owner) => Check(text, Description, owner);

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
