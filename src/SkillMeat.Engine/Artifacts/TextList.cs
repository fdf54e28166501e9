using SkillMeat.Collections;
using SkillMeat.Toml;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Artifacts;

/// <summary>Lists in front matter, which people write as a list or as one text.</summary>
internal static class TextList
{
    /// <summary>The texts, each once; one text is split at commas. What is no text in a list is left out.</summary>
    public static TextValues Of(FrontMatterValue value) => Of(value, isSeparator: c => c == ',');

    /// <summary>The tools, each once; one text is split at commas, as Python SkillMeat does, and at blanks, as the Agent Skills specification has it.</summary>
    public static TextValues ToolsOf(FrontMatterValue value) => Of(value, isSeparator: c => c == ',' || char.IsWhiteSpace(c));

    private static TextValues Of(FrontMatterValue value, Func<char, bool> isSeparator)
    {
        var texts = value.Text is { } text
            ? Split(text, isSeparator)
            : value.Value.Kind == TomlValueKind.Array ? value.Value.AsArray().Where(item => item.Kind == TomlValueKind.String).Select(item => item.AsString()) : [];
        return TextValues.Of(texts.Select(t => t.Trim()).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal));
    }

    /// <summary>Text in brackets stays together, as in <c>Bash(git add, git commit)</c>.</summary>
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
                // One that closes nothing is a letter like any other.
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
