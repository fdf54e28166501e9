using System.Text.Json;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Server.Paging;

/// <summary>Reads values of a query.</summary>
internal static class QueryValue
{
    /// <summary>Takes values apart at commas.</summary>
    public static IEnumerable<string> Parts(IEnumerable<string>? values) => (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Reads a value of an enumeration, as the contract writes it.</summary>
    /// <exception cref="SkillMeatException">There is no such value; the message lists those that there are.</exception>
    public static T Enum<T>(string name, string text)
        where T : struct, Enum
    {
        foreach (var value in System.Enum.GetValues<T>())
        {
            if (NameOf(value).Equals(text, StringComparison.OrdinalIgnoreCase)) return value;
        }

        var names = System.Enum.GetValues<T>().Select(NameOf).ToList();
        var nearest = NearestName.Find(text, names);
        throw new SkillMeatException(ErrorIds.InvalidArgument, $"{name} is '{text}'. It can be {string.Join(", ", names)}.{(nearest is null ? "" : $" Did you mean '{nearest}'?")}") { Nearest = nearest };
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
