using System.Text.Json;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Server.Paging;

/// <summary>Reads values of a query.</summary>
internal static class QueryValue
{
    /// <summary>Takes values apart at commas.</summary>
    public static IEnumerable<string> Parts(IEnumerable<string>? values) => (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Takes values apart at commas, except those that exist as they are, with commas or spaces around them.</summary>
    /// <param name="values">The values of the query.</param>
    /// <param name="existing">The values that exist. They are read only if a value may be one of them.</param>
    /// <param name="comparer">Compares them.</param>
    public static IEnumerable<string> Parts(IReadOnlyCollection<string>? values, IEnumerable<string> existing, StringComparer comparer)
    {
        if (values is null || !values.Any(value => value.Contains(',', StringComparison.Ordinal) || value.Trim().Length < value.Length)) return Parts(values);
        var whole = existing.ToHashSet(comparer);
        return values.SelectMany(value => whole.Contains(value) ? [value] : Parts([value]));
    }

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
