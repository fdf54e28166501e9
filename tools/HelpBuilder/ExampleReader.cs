using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace SkillMeat.HelpBuilder;

/// <summary>Reads the section EXAMPLES.</summary>
internal static partial class ExampleReader
{
    public static List<HelpExample> Read(PageSection section, MarkdownText text, ProblemList problems)
    {
        var (lead, examples) = PageSection.Split(section.Blocks, 3, text);
        if (lead.Count > 0) problems.Add(lead[0].Line + 1, "unexpected content above the first example");
        if (examples.Count == 0 && section.Line > 0) problems.Add(section.Line, "there is no example");
        return examples.Select((example, i) => ReadExample(example, i + 1, text, problems)).ToList();
    }

    private static HelpExample ReadExample(PageSection example, int number, MarkdownText text, ProblemList problems)
    {
        var title = Title().Match(example.Title);
        if (title.Groups["number"].Value != $"{number}") problems.Add(example.Line, $"the heading is '{example.Title}', not 'Example {number}: …'");
        foreach (var fence in example.Blocks.OfType<CodeBlock>()) CheckFence(fence, problems);

        var above = example.Blocks.TakeWhile(block => block is not FencedCodeBlock).ToList();
        var rest = example.Blocks.Skip(above.Count).ToList();
        var code = rest.Count > 0 && IsPowerShell(rest[0]) ? string.Join('\n', MarkdownText.CodeLines((FencedCodeBlock)rest[0])) : "";
        if (code.Length == 0) problems.Add(rest.Count > 0 ? rest[0].Line + 1 : example.Line, "the example has no code: its first code fence must be 'powershell'");

        var output = rest.Skip(1).TakeWhile(block => block is FencedCodeBlock && !IsPowerShell(block)).Cast<FencedCodeBlock>().ToList();
        return new HelpExample
        {
            Number = number,
            Title = title.Groups["title"].Value,
            Introduction = text.Paragraphs(above),
            Code = code,
            Output = output.Count == 0 ? null : string.Join("\n\n", output.Select(fence => string.Join('\n', MarkdownText.CodeLines(fence)))),
            Remarks = text.Paragraphs(rest.Skip(1 + output.Count)),
            Line = example.Line,
        };
    }

    private static void CheckFence(CodeBlock code, ProblemList problems)
    {
        var lines = MarkdownText.CodeLines(code);
        if (code is not FencedCodeBlock { Info.Length: > 0 }) problems.Add(code.Line + 1, "code in an example needs a fence that says 'powershell' or 'output'");
        else if (lines.Count == 0) problems.Add(code.Line + 1, "the code fence is empty");
        else if (IsPowerShell(code) && lines.FirstOrDefault(line => Prompt().IsMatch(line)) is { } prompt) problems.Add(code.Line + 1, $"'{prompt}' begins with a prompt, so it cannot be pasted");
    }

    private static bool IsPowerShell(Block block) => block is FencedCodeBlock { Info: { } info } && info.ToUpperInvariant() is "POWERSHELL" or "PWSH" or "PS1";

    [GeneratedRegex("^Example (?<number>[0-9]+): (?<title>.+)$")]
    private static partial Regex Title();

    [GeneratedRegex("^PS( [^>]*)?>")]
    private static partial Regex Prompt();
}
