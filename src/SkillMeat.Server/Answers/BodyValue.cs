using SkillMeat.Errors;

namespace SkillMeat.Server.Answers;

/// <summary>Checks values of bodies, which can be null in spite of their types.</summary>
internal static class BodyValue
{
    /// <summary>The longest name or path in a body.</summary>
    public const int MostChars = 4096;

    /// <summary>Returns texts, none of which is empty; null for a list that was left out.</summary>
    /// <exception cref="SkillMeatException">A text is empty, null or too long.</exception>
    public static IReadOnlyList<string>? Texts(string name, IReadOnlyList<string>? values) => values?.Any(string.IsNullOrWhiteSpace) == true
        ? throw new SkillMeatException(ErrorIds.InvalidArgument, $"{name} has an empty value. Leave it out, or leave out {name} for all.")
        : CheckLengths(name, values);

    /// <summary>Checks that no text is too long to be the name of something.</summary>
    /// <exception cref="SkillMeatException">One is.</exception>
    public static T CheckLengths<T>(string name, T values)
        where T : IEnumerable<string?>?
    {
        foreach (var value in (IEnumerable<string?>?)values ?? [])
        {
            if (value?.Length > MostChars) throw new SkillMeatException(ErrorIds.InvalidArgument, $"A value of {name} has {value.Length} characters. At most {MostChars} are possible.");
        }

        return values;
    }
}
