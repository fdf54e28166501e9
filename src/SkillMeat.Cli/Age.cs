using System.Globalization;
using SkillMeat.Errors;

namespace SkillMeat.Cli;

/// <summary>Parses an age such as <c>30d</c> or <c>12h</c>.</summary>
internal static class Age
{
    private const int MostDays = 36_500;

    /// <exception cref="SkillMeatException">The text is not an age.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        var unit = text.Length == 0 ? null : UnitOf(text[^1]);
        return unit is { } length && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count * length.TotalDays <= MostDays
            ? count * length
            : throw new SkillMeatException(ErrorIds.InvalidArgument, $"{option} takes a whole number of days, hours, minutes or weeks, such as 30d, 12h, 45m or 2w, up to {MostDays}d; not '{text}'.");
    }

    private static TimeSpan? UnitOf(char unit) => unit switch
    {
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        'w' => TimeSpan.FromDays(7),
        _ => null,
    };
}
