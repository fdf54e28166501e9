using SkillMeat.Collections;
using SkillMeat.Toml;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Artifacts;

/// <summary>Lists in front matter, which people write as a list or as one text with commas.</summary>
internal static class TextList
{
    /// <summary>The texts, each once; what is no text in a list is left out.</summary>
    public static TextValues Of(FrontMatterValue value)
    {
        var texts = value.Text is { } text
            ? Split(text)
            : value.Value.Kind == TomlValueKind.Array ? value.Value.AsArray().Where(item => item.Kind == TomlValueKind.String).Select(item => item.AsString()) : [];
        return TextValues.Of(texts.Select(t => t.Trim()).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal));
    }

    /// <summary>A comma in brackets belongs to the text, as in <c>Bash(git add, git commit)</c>.</summary>
    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
                case ',' when depth <= 0:
                    parts.Add(text[start..i]);
                    start = i + 1;
                    break;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}
