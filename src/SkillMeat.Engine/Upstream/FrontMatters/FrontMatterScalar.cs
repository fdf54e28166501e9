using System.Text;

namespace SkillMeat.Upstream.FrontMatters;

/// <summary>Decides which texts YAML takes for something else than text, and quotes them.</summary>
internal static class FrontMatterScalar
{
    private const string Indicators = "[]{}*&!|>%@`,?";

    /// <summary>Describes why a text cannot stand without quotes, in a form that follows "the value", or returns null.</summary>
    public static string? DescribeProblem(string value)
    {
        if (value[0] is '"' or '\'') return "has text after its closing quote, no closing quote, or an invalid escape in it";
        if (Indicators.Contains(value[0], StringComparison.Ordinal)) return $"begins with '{value[0]}'";
        if (value is "-" || value.StartsWith("- ", StringComparison.Ordinal)) return "begins with '-'";
        return value.Contains(": ", StringComparison.Ordinal) || value.Contains(":\t", StringComparison.Ordinal) || value.EndsWith(':') ? "contains a colon followed by a space" : null;
    }

    /// <summary>Whether YAML would not read a line's value as one complete value.</summary>
    public static bool NeedsQuotes(string value) => value.Any(FrontMatterText.IsSeparator) || value[0] switch
    {
        '"' or '\'' => value.Length < 2 || value[^1] != value[0] || value[1..^1].Contains(value[0], StringComparison.Ordinal),
        '[' => value[^1] != ']' || value[1..^1].IndexOfAny(['[', ']']) >= 0,
        '{' => value[^1] != '}' || value[1..^1].IndexOfAny(['{', '}']) >= 0,
        '|' or '>' => value.Length > 2,
        '#' => false,
        _ => DescribeProblem(value) is not null,
    };

    /// <summary>Removes the quotes around a text that strict YAML does not accept, unless they belong to a part of it.</summary>
    public static string WithoutQuotes(string value)
    {
        if (value.Length < 2 || value[0] is not ('"' or '\'')) return value;
        var quote = value[0];
        var next = value.IndexOf(quote, 1);
        if (next < 0) return value[1..];
        if (value[^1] != quote) return value;
        if (next == value.Length - 1) return value[1..^1];
        // A quote after a space begins a word in quotes, and one between letters is an apostrophe; any other closes the first.
        var isInner = char.IsWhiteSpace(value[next - 1]) || (char.IsLetter(value[next - 1]) && char.IsLetter(value[next + 1]));
        return isInner ? value[1..^1] : value;
    }

    /// <summary>Writes a text as a scalar in double quotes.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\t' => "\\t",
                _ => FrontMatterText.IsSeparator(character) ? $"\\u{(int)character:X4}" : character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
