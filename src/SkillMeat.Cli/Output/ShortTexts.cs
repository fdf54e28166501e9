using System.Globalization;

namespace SkillMeat.Cli.Output;

/// <summary>Shortens values for tables. JSON has them in full.</summary>
internal static class ShortTexts
{
    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Abbreviates a commit to as many digits as git shows.</summary>
    public static string Sha(string? sha) => sha is { Length: > 8 } ? sha[..8] : sha ?? "";

    public static string Value(object? value) => value switch
    {
        null => "(none)",
        IReadOnlyCollection<string> { Count: 0 } => "(none)",
        IEnumerable<string> texts => PlainText.OnOneLine(string.Join(", ", texts)),
        bool flag => flag ? "yes" : "no",
        _ => Cut(value.ToString() ?? ""),
    };

    private static string Cut(string text) => PlainText.OnOneLine(text.Length <= 60 ? text : text[..59] + "…");
}
