using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cli.Commands;

/// <summary>Options whose values are those of an enumeration, in any letter case, with <c>-</c>, <c>_</c> or nothing between the words.</summary>
internal static class ChoiceOption
{
    /// <summary>The choices, for a description.</summary>
    public static string Describe<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(NameOf));

    /// <summary>Reads a choice.</summary>
    /// <exception cref="SkillMeatException">It is none of the choices.</exception>
    public static T Parse<T>(Option option, string text)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Plain(value.ToString()).Equals(Plain(text), StringComparison.OrdinalIgnoreCase)) return value;
        }

        var near = NearestName.Find(text, Enum.GetValues<T>().Select(NameOf));
        throw new SkillMeatException(ErrorIds.InvalidArgument, $"{option.Name} takes one of {Describe<T>()}; not '{VisibleText.Line(text)}'.{(near is null ? "" : $" Did you mean '{near}'?")}");
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => EnumName.Of(value).Replace('_', '-');

    private static string Plain(string text) => text.Trim().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
}
