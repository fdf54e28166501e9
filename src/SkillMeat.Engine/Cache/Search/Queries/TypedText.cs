using System.Text;

namespace SkillMeat.Cache.Search.Queries;

/// <summary>Splits what the user typed at blanks outside of quotes. A quote without an end is a sign like any other.</summary>
internal static class TypedText
{
    private const int Longest = 4000;
    private const char Quote = '"';

    /// <summary>Returns the pieces.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fields">The names that can stand before a colon.</param>
    public static IEnumerable<TypedPiece> Split(string text, IReadOnlySet<string> fields)
    {
        text = Clean(text);
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var field = FieldAt(text, at, fields);
            var start = field is null ? at : at + field.Length + 1;
            var value = ValueAt(text, start, out at);
            yield return field is not null && value.Length == 0 ? new TypedPiece(null, field) : new TypedPiece(field, value);
        }
    }

    // Half characters and zeros are no text for a database.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, Longest)).EnumerateRunes()) clean.Append(rune.Value == 0 ? " " : rune.ToString());
        return clean.ToString();
    }

    private static string? FieldAt(string text, int at, IReadOnlySet<string> fields)
    {
        var colon = text.IndexOf(':', at);
        if (colon < 0) return null;
        var name = text[at..colon].ToLowerInvariant();
        return fields.Contains(name) ? name : null;
    }

    private static string ValueAt(string text, int start, out int end)
    {
        if (start < text.Length && text[start] == Quote && text.IndexOf(Quote, start + 1) is var closing and > 0)
        {
            end = closing + 1;
            return text[(start + 1)..closing];
        }

        end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end])) end++;
        return text[start..end];
    }
}
