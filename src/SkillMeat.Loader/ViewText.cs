using System.Globalization;

namespace SkillMeat.Loader;

/// <summary>How the module's views shorten what objects hold in full. Here because the views can name only types of PowerShell's own load context.</summary>
public static class ViewText
{
    /// <summary>Says how long ago something was.</summary>
    /// <param name="time">When it was; null for never.</param>
    /// <param name="now">The time that it is now.</param>
    /// <returns>Such as <c>5 minutes ago</c>; a date for what is older than 30 days; empty for never.</returns>
    public static string Ago(DateTimeOffset? time, DateTimeOffset now)
    {
        if (time is not { } then)
        {
            return "";
        }

        var passed = now - then;
        return passed switch
        {
            // The clocks of two machines differ a little.
            { TotalMinutes: < -5 } => Date(then),
            { TotalSeconds: < 60 } => "just now",
            { TotalMinutes: < 60 } => Count((int)passed.TotalMinutes, "minute"),
            { TotalHours: < 24 } => Count((int)passed.TotalHours, "hour"),
            { TotalDays: < 30 } => Count((int)passed.TotalDays, "day"),
            _ => Date(then),
        };
    }

    /// <summary>Text of several lines that others wrote, fit for a terminal, which would obey control characters.</summary>
    /// <param name="text">The text; null for none.</param>
    /// <returns>The text with a space for each control character but line ends and tabs.</returns>
    public static string Lines(string? text) => new((text ?? "").Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? ' ' : c).ToArray());

    /// <summary>As many digits of a commit or hash as git shows.</summary>
    /// <param name="sha">The whole of it; null for none.</param>
    /// <returns>At most 8 digits.</returns>
    public static string ShortSha(string? sha) => sha is { Length: > 8 } ? sha[..8] : sha ?? "";

    /// <summary>A size for a person.</summary>
    /// <param name="bytes">The size in bytes.</param>
    /// <returns>Such as <c>12.3 KB</c>, in multiples of 1,024 as elsewhere in PowerShell.</returns>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024.0):0.0} MB"),
    };

    private static string Count(int number, string unit) => $"{number.ToString(CultureInfo.InvariantCulture)} {unit}{(number == 1 ? "" : "s")} ago";

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
