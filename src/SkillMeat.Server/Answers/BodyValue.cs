using SkillMeat.Errors;

namespace SkillMeat.Server.Answers;

/// <summary>Checks values of bodies, which can be null in spite of their types.</summary>
internal static class BodyValue
{
    /// <summary>Returns texts, none of which is empty; null for a list that was left out.</summary>
    /// <exception cref="SkillMeatException">A text is empty or null.</exception>
    public static IReadOnlyList<string>? Texts(string name, IReadOnlyList<string>? values) => values?.Any(string.IsNullOrWhiteSpace) == true
        ? throw new SkillMeatException(ErrorIds.InvalidArgument, $"{name} has an empty value. Leave it out, or leave out {name} for all.")
        : values;
}
