using System.Globalization;
using SkillMeat.Errors;

namespace SkillMeat.Cache.Background;

/// <summary>The time between two runs of the background refresh.</summary>
public static class RefreshInterval
{
    /// <summary>The environment variable that sets the time: seconds, or a number with a unit, such as <c>5m</c>.</summary>
    public const string EnvironmentVariable = "SKILLMEAT_REFRESH_INTERVAL";

    /// <summary>The shortest time, in seconds.</summary>
    public const double LeastSeconds = 1;

    /// <summary>The longest time, in seconds: a week.</summary>
    public const double MostSeconds = 604_800;

    /// <summary>The default, in seconds.</summary>
    public const double StandardSeconds = 300;

    /// <summary>Returns the time of the environment, or the default.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the value of the variable is not a time, or out of range.</exception>
    public static TimeSpan Find(Func<string, string?> environment) =>
        environment(EnvironmentVariable) is { } text && !string.IsNullOrWhiteSpace(text) ? Parse(EnvironmentVariable, text) : TimeSpan.FromSeconds(StandardSeconds);

    /// <summary>Parses a time.</summary>
    /// <param name="name">The name of the option or variable, for the error.</param>
    /// <param name="text">Seconds, or a number with one of the units <c>s</c>, <c>m</c>, <c>h</c> and <c>d</c>.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the text is not a time, or out of range.</exception>
    public static TimeSpan Parse(string name, string text)
    {
        var trimmed = text.Trim();
        var unit = trimmed.Length == 0 ? 0 : SecondsOf(trimmed[^1]);
        var number = unit is null ? trimmed : trimmed[..^Math.Min(1, trimmed.Length)].TrimEnd();
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count * (unit ?? 1) is var seconds && seconds is >= LeastSeconds and <= MostSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new SkillMeatException(ErrorIds.InvalidArgument, $"{name} is '{text}'. It takes seconds, such as 300, or a number with the unit s, m, h or d, such as 5m; from 1 second to 7 days.");
    }

    private static double? SecondsOf(char unit) => char.ToLowerInvariant(unit) switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => null,
    };
}
