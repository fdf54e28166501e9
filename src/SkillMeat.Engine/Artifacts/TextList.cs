using SkillMeat.Collections;
using SkillMeat.Toml;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Artifacts;

/// <summary>Reads lists in front matter, which can be YAML lists or one text.</summary>
internal static class TextList
{
    /// <summary>The distinct texts of a list. One text is split at commas. List items that are not text are ignored.</summary>
    public static TextValues Of(FrontMatterValue value) => Of(value, isSeparator: c => c == ',');

    /// <summary>The distinct names of tools. One text is split at commas, as in Python SkillMeat, and at whitespace, as in the Agent Skills specification.</summary>
    public static TextValues ToolsOf(FrontMatterValue value) => Of(value, isSeparator: c => c == ',' || char.IsWhiteSpace(c));

    private static TextValues Of(FrontMatterValue value, Func<char, bool> isSeparator)
    {
        var texts = value.Text is { } text
            ? Split(text, isSeparator)
            : value.Value.Kind == TomlValueKind.Array ? value.Value.AsArray().Where(item => item.Kind == TomlValueKind.String).Select(item => item.AsString()) : [];
        return TextValues.Of(texts.Select(t => t.Trim()).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal));
    }

    /// <summary>Text in parentheses is not split, as in <c>Bash(git add, git commit)</c>.</summary>
    private static List<string> Split(string text, Func<char, bool> isSeparator)
    {
        var parts = new List<string>();
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '(')
            {
                depth++;
            }
            else if (text[i] == ')')
            {
                // An unmatched parenthesis is ordinary text.
                depth = Math.Max(0, depth - 1);
            }
            else if (depth == 0 && isSeparator(text[i]))
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}
