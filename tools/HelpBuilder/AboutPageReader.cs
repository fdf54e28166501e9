using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace SkillMeat.HelpBuilder;

/// <summary>Reads the page of a topic: <c># about_Name</c>, <c>## SHORT DESCRIPTION</c>, <c>## LONG DESCRIPTION</c>, and any sections below them.</summary>
/// <remarks>Front matter is ignored. Thread-safe, because it keeps no state between pages.</remarks>
public static class AboutPageReader
{
    private const string ShortTitle = "SHORT DESCRIPTION";
    private const string LongTitle = "LONG DESCRIPTION";

    /// <summary>Reads one page.</summary>
    /// <param name="file">The path of a file <c>about_Name.md</c>.</param>
    /// <returns>The page.</returns>
    /// <exception cref="HelpPageException">The page is not valid; lists all problems.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AboutPage Read(string file)
    {
        var problems = new ProblemList(file);
        var text = new MarkdownText(problems, AboutTextWriter.TextWidth);
        var name = Path.GetFileNameWithoutExtension(file);
        var (above, pages) = PageSection.Split(PageSource.Read(file).Where(block => block is not YamlFrontMatterBlock), 1, text);
        if (above.Count > 0) problems.Add(above[0].Line + 1, "unexpected content above the title");
        if (pages.Count == 0) problems.Add(1, $"the title '# {name}' is missing");
        else if (pages[0].Title != name) problems.Add(pages[0].Line, $"the title is '{pages[0].Title}', but the file is {name}.md");
        foreach (var other in pages.Skip(1)) problems.Add(other.Line, $"a second title, '{other.Title}'; sections begin with ##");

        var (lead, sections) = PageSection.Split(pages.Count == 0 ? [] : pages[0].Blocks, 2, text);
        if (lead.Count > 0) problems.Add(lead[0].Line + 1, "unexpected content above the first section");
        var line = pages.Count == 0 ? 1 : pages[0].Line;
        if (sections.Count < 1 || !Is(sections[0], ShortTitle)) problems.Add(sections.Count < 1 ? line : sections[0].Line, $"the first section is not '## {ShortTitle}'");
        if (sections.Count < 2 || !Is(sections[1], LongTitle)) problems.Add(sections.Count < 2 ? line : sections[1].Line, $"the second section is not '## {LongTitle}'");

        var synopsis = sections.Count < 1 ? "" : ReadShort(sections[0], problems);
        var read = sections.Skip(1).SelectMany(section => ReadSection(section, text, problems)).ToList();
        problems.ThrowIfAny();
        return new AboutPage { File = file, Name = name, ShortDescription = synopsis, Sections = read };
    }

    private static bool Is(PageSection section, string title) => string.Equals(section.Title, title, StringComparison.OrdinalIgnoreCase);

    private static string ReadShort(PageSection section, ProblemList problems)
    {
        var paragraphs = new MarkdownText(problems).Paragraphs(section.Blocks);
        if (paragraphs is not [var only])
        {
            problems.Add(section.Line, $"the section {section.Title} is not one paragraph");
            return "";
        }

        if (only.Length > AboutTextWriter.TextWidth || only.Contains('\n', StringComparison.Ordinal))
        {
            problems.Add(section.Line, $"the short description is {only.Length} characters long; Get-Help shows one line of {AboutTextWriter.TextWidth}");
        }

        return only;
    }

    private static IEnumerable<AboutSection> ReadSection(PageSection section, MarkdownText text, ProblemList problems)
    {
        var (lead, parts) = PageSection.Split(section.Blocks, 3, text);
        if (section.Blocks.Count == 0) problems.Add(section.Line, $"the section {section.Title} is empty");
        yield return new AboutSection { Title = section.Title, IsSubsection = false, Lines = Lines(lead, text) };
        foreach (var part in parts)
        {
            if (part.Blocks.Count == 0) problems.Add(part.Line, $"the section {part.Title} is empty");
            yield return new AboutSection { Title = part.Title, IsSubsection = true, Lines = Lines(part.Blocks, text) };
        }
    }

    private static List<string> Lines(IEnumerable<Block> blocks, MarkdownText text)
    {
        var lines = new List<string>();
        foreach (var chunk in text.Chunks(blocks))
        {
            if (lines.Count > 0) lines.Add("");
            lines.AddRange(TextChunk.Indent(chunk.Lines, chunk.IsCode ? TextChunk.CodeIndent : 0));
        }

        return lines;
    }
}
