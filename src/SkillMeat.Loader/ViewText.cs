using System.Globalization;
using SkillMeat.Collections;

namespace SkillMeat.Loader;

/// <summary>Formats values for the views of the module. It is in this assembly because views can only refer to types of PowerShell's own load context.</summary>
public static class ViewText
{
    private const int MostItems = 4;
    private const string Highlight = "\u001b[33;1m";
    private const string NoHighlight = "\u001b[0m";

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

    /// <summary>Makes untrusted text of several lines safe for a terminal, which would obey control characters and reorder letters.</summary>
    /// <param name="text">The text, or null.</param>
    /// <returns>The text with spaces for control characters, except line ends and tabs, and escapes for hidden characters.</returns>
    public static string Lines(string? text) => VisibleText.Lines(text);

    /// <summary>Makes a value safe for one line of a terminal.</summary>
    /// <param name="value">A text, a list of texts, another value, or null.</param>
    /// <returns>The text with spaces for control characters and line ends, and escapes for hidden characters. A list looks as PowerShell shows it.</returns>
    public static string Line(object? value) => value switch
    {
        null => "",
        string text => VisibleText.Line(text),
        System.Collections.IEnumerable list => ListOf([.. list.Cast<object?>()]),
        _ => VisibleText.Line(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    /// <summary>Makes a text with marked words safe for one line of a terminal, and lets the words stand out. PowerShell leaves the colours out where none are wanted.</summary>
    /// <param name="text">The text, in which the words stand between two pairs of asterisks, or null.</param>
    /// <returns>The text with escape sequences in place of the marks.</returns>
    public static string Marked(string? text)
    {
        var shown = new System.Text.StringBuilder();
        var isHit = false;
        foreach (var part in VisibleText.Line(text).Split("**"))
        {
            if (isHit && part.Length > 0) shown.Append(Highlight).Append(part).Append(NoHighlight);
            else shown.Append(part);
            isHit = !isHit;
        }

        return shown.ToString();
    }

    /// <summary>Wraps text between words, because PowerShell breaks words where a column ends.</summary>
    /// <param name="text">The text, or null.</param>
    /// <param name="width">The number of characters that fit. A longer word is cut, and ends with an ellipsis.</param>
    /// <returns>The lines.</returns>
    public static string Wrap(string? text, int width)
    {
        var lines = new List<string> { "" };
        foreach (var word in VisibleText.Lines(text).Split(' ').Select(word => word.Length <= width ? word : $"{word[..CharacterStart(word, width - 1)]}…"))
        {
            if (lines[^1].Length == 0) lines[^1] = word;
            else if (lines[^1].Length + 1 + word.Length <= width) lines[^1] += $" {word}";
            else lines.Add(word);
        }

        return string.Join('\n', lines);
    }

    /// <summary>Cuts the beginning of a path that is too long for a column, because its end tells more.</summary>
    /// <param name="path">The path, or null.</param>
    /// <param name="width">The number of characters that fit.</param>
    /// <returns>The path, which begins with an ellipsis if it was cut.</returns>
    public static string End(string? path, int width)
    {
        var text = VisibleText.Line(path);
        var start = text.Length - width + 1;
        return text.Length <= width ? text : $"…{text[(char.IsLowSurrogate(text[start]) ? start + 1 : start)..]}";
    }

    /// <summary>Abbreviates a commit or hash.</summary>
    /// <param name="sha">The full hash, or null.</param>
    /// <returns>At most 8 digits, or empty.</returns>
    public static string ShortSha(string? sha) => VisibleText.Line(sha is { Length: > 8 } ? sha[..8] : sha);

    /// <summary>Formats a size.</summary>
    /// <param name="bytes">The size in bytes.</param>
    /// <returns>Text such as <c>12.3 KB</c>, in multiples of 1,024 as elsewhere in PowerShell.</returns>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024.0):0.0} MB"),
    };

    // As PowerShell does by default.
    private static string ListOf(IReadOnlyList<object?> items) => $"{{{string.Join(", ", items.Take(MostItems).Select(Line))}{(items.Count > MostItems ? "…" : "")}}}";

    /// <summary>Returns the index, or the one before if a character of two code units would be cut in half there.</summary>
    private static int CharacterStart(string text, int index) => char.IsLowSurrogate(text[index]) ? index - 1 : index;

    private static string Count(int number, string unit) => $"{number.ToString(CultureInfo.InvariantCulture)} {unit}{(number == 1 ? "" : "s")} ago";

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
