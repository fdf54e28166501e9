using System.Globalization;

namespace SkillMeat.Loader;

/// <summary>Formats values for the views of the module. It is in this assembly because views can only refer to types of PowerShell's own load context.</summary>
public static class ViewText
{
    /// <summary>Describes how long ago a time was.</summary>
    /// <param name="time">The time, or null for never.</param>
    /// <param name="now">The current time.</param>
    /// <returns>Text such as <c>5 minutes ago</c>, a date if it was more than 30 days ago, or empty for never.</returns>
    public static string Ago(DateTimeOffset? time, DateTimeOffset now)
    {
        if (time is not { } then)
        {
            return "";
        }

        var passed = now - then;
        return passed switch
        {
            // The clocks of two machines may differ a little.
            { TotalMinutes: < -5 } => Date(then),
            { TotalSeconds: < 60 } => "just now",
            { TotalMinutes: < 60 } => Count((int)passed.TotalMinutes, "minute"),
            { TotalHours: < 24 } => Count((int)passed.TotalHours, "hour"),
            { TotalDays: < 30 } => Count((int)passed.TotalDays, "day"),
            _ => Date(then),
        };
    }

    /// <summary>Makes untrusted text of several lines safe for a terminal, which would obey control characters.</summary>
    /// <param name="text">The text, or null.</param>
    /// <returns>The text with control characters replaced by spaces, except line ends and tabs.</returns>
    public static string Lines(string? text) => new((text ?? "").Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? ' ' : c).ToArray());

    /// <summary>Abbreviates a commit or hash.</summary>
    /// <param name="sha">The full hash, or null.</param>
    /// <returns>At most 8 digits, or empty.</returns>
    public static string ShortSha(string? sha) => sha is { Length: > 8 } ? sha[..8] : sha ?? "";

    /// <summary>Formats a size.</summary>
    /// <param name="bytes">The size in bytes.</param>
    /// <returns>Text such as <c>12.3 KB</c>, in multiples of 1,024 as elsewhere in PowerShell.</returns>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024.0):0.0} MB"),
    };

    private static string Count(int number, string unit) => $"{number.ToString(CultureInfo.InvariantCulture)} {unit}{(number == 1 ? "" : "s")} ago";

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
