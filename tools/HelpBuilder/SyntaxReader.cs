using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace SkillMeat.HelpBuilder;

/// <summary>Reads the section SYNTAX.</summary>
internal static partial class SyntaxReader
{
    private const string DefaultMark = " (Default)";

    public static List<HelpSyntax> Read(PageSection section, string command, MarkdownText text, ProblemList problems)
    {
        var (lead, sets) = PageSection.Split(section.Blocks, 3, text);
        if (sets.Count == 0)
        {
            if (section.Line == 0) return [];
            return ReadFence(section with { Blocks = lead }, command, null, isDefault: true, problems) is { } only ? [only] : [];
        }

        if (lead.Count > 0) problems.Add(lead[0].Line + 1, "unexpected content above the first parameter set");
        if (sets.Count(IsDefault) > 1) problems.Add(sets.Last(IsDefault).Line, "a second parameter set is the default");
        var syntax = new List<HelpSyntax>();
        foreach (var set in sets)
        {
            var name = IsDefault(set) ? set.Title[..^DefaultMark.Length] : set.Title;
            if (syntax.Exists(s => string.Equals(s.ParameterSet, name, StringComparison.OrdinalIgnoreCase))) problems.Add(set.Line, $"the parameter set '{name}' appears twice");
            if (ReadFence(set, command, name, IsDefault(set) || sets.Count == 1, problems) is { } read) syntax.Add(read);
        }

        return syntax;
    }

    private static bool IsDefault(PageSection set) => set.Title.EndsWith(DefaultMark, StringComparison.OrdinalIgnoreCase);

    private static HelpSyntax? ReadFence(PageSection section, string command, string? set, bool isDefault, ProblemList problems)
    {
        if (section.Blocks is not [FencedCodeBlock fence])
        {
            var odd = section.Blocks.FirstOrDefault(block => block is not FencedCodeBlock) ?? section.Blocks.Skip(1).FirstOrDefault();
            problems.Add(odd is null ? section.Line : odd.Line + 1, "a parameter set's syntax is one code fence and nothing else");
            return null;
        }

        var line = fence.Line + 1;
        var typed = string.Join(' ', MarkdownText.CodeLines(fence));
        if (!typed.StartsWith(command + " ", StringComparison.Ordinal))
        {
            problems.Add(line, $"the syntax does not begin with {command}");
            return null;
        }

        return new HelpSyntax { ParameterSet = set, IsDefault = isDefault, Parameters = ReadParameters(typed[command.Length..], line, problems), Line = line };
    }

    private static List<HelpSyntaxParameter> ReadParameters(string typed, int line, ProblemList problems)
    {
        var parameters = new List<HelpSyntaxParameter>();
        var hasCommon = false;
        var end = 0;
        foreach (Match match in Parameter().Matches(typed))
        {
            end = match.Index + match.Length;
            if (match.Groups["common"].Success)
            {
                hasCommon = true;
                continue;
            }

            parameters.Add(new HelpSyntaxParameter(
                match.Groups["name"].Value,
                match.Groups["type"] is { Success: true } type ? type.Value[1..^1] : null,
                IsRequired: !match.Groups["optional"].Success,
                IsPositional: match.Groups["positional"].Success));
        }

        if (!string.IsNullOrWhiteSpace(typed[end..])) problems.Add(line, $"the syntax cannot be read from '{typed[end..].Trim()}' on");
        else if (!hasCommon) problems.Add(line, "the syntax does not end with [<CommonParameters>]");
        return parameters;
    }

    // Matches follow each other without a gap: [[-Name] <Type>], [-Name] <Type>, [-Name <Type>], -Name <Type>, and without a type the switches.
    [GeneratedRegex("""
        \G\s+(?:
            (?<common>\[<CommonParameters>\])
          | (?<optional>\[)(?<positional>\[)-(?<name>\w+)\]\s+(?<type><[^<>]+>|\{[^{}]+\})\]
          | (?<positional>\[)-(?<name>\w+)\]\s+(?<type><[^<>]+>|\{[^{}]+\})
          | (?<optional>\[)-(?<name>\w+)(?:\s+(?<type><[^<>]+>|\{[^{}]+\}))?\]
          | -(?<name>\w+)(?:\s+(?<type><[^<>]+>|\{[^{}]+\}))?
        )
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Parameter();
}
