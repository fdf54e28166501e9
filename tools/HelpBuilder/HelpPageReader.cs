using System.Text.RegularExpressions;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace SkillMeat.HelpBuilder;

/// <summary>Reads the help page of a command in the format of platyPS 0.14 (schema 2.0.0).</summary>
/// <remarks>Thread-safe, because it keeps no state between pages.</remarks>
public static partial class HelpPageReader
{
    private const string Schema = "2.0.0";

    private static readonly string[] Titles =
        ["SYNOPSIS", "SYNTAX", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    /// <summary>Reads one page, and compares its syntax with its parameters and its title with its file name.</summary>
    /// <param name="file">The path of a file <c>Verb-Noun.md</c>.</param>
    /// <returns>The page.</returns>
    /// <exception cref="HelpPageException">The page is not valid; lists all problems, or if there are no others, all contradictions.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static HelpPage Read(string file)
    {
        var problems = new ProblemList(file);
        var text = new MarkdownText(problems);
        var document = PageSource.Read(file);
        var name = Path.GetFileNameWithoutExtension(file);
        if (!CommandName().IsMatch(name)) problems.Add(1, $"'{name}' is not the name of a command (Verb-Noun)");

        var frontMatter = ReadFrontMatter(document, problems);
        var sections = ReadSections(document, name, text, problems);
        PageSection Section(string title) => sections.GetValueOrDefault(title) ?? new PageSection(title, 0, []);

        var synopsis = ReadSynopsis(Section("SYNOPSIS"), text, problems);
        var syntax = SyntaxReader.Read(Section("SYNTAX"), name, text, problems);
        var description = ReadText(Section("DESCRIPTION"), text, problems);
        var examples = ExampleReader.Read(Section("EXAMPLES"), text, problems);
        var parameters = ParameterReader.Read(Section("PARAMETERS"), text, problems);
        var inputs = ReadTypes(Section("INPUTS"), text, problems);
        var outputs = ReadTypes(Section("OUTPUTS"), text, problems);
        var notes = text.Paragraphs(Section("NOTES").Blocks);
        var links = ReadLinks(Section("RELATED LINKS"), text, problems);
        // Parts that could not be read would contradict the rest, and hide the real problem.
        if (problems.IsEmpty) SyntaxCheck.Compare(syntax, parameters, problems);
        problems.ThrowIfAny();
        return new HelpPage
        {
            File = file,
            Name = name,
            ExternalHelpFile = frontMatter.HelpFile!,
            ModuleName = frontMatter.Module!,
            OnlineVersion = frontMatter.Online,
            Synopsis = synopsis,
            Syntax = syntax,
            Description = description,
            Examples = examples,
            Parameters = parameters,
            Inputs = inputs,
            Outputs = outputs,
            Notes = notes,
            RelatedLinks = links,
        };
    }

    /// <summary>Whether a file name without its extension is the name of a command.</summary>
    internal static bool IsCommandName(string name) => CommandName().IsMatch(name);

    private static (string? HelpFile, string? Module, Uri? Online) ReadFrontMatter(MarkdownDocument document, ProblemList problems)
    {
        if (document.FirstOrDefault() is not YamlFrontMatterBlock block)
        {
            problems.Add(1, "the front matter is missing");
            return default;
        }

        var fields = YamlFields.Read(block, problems);
        var helpFile = fields.Text("external help file");
        if (helpFile is not null && (!helpFile.EndsWith("-Help.xml", StringComparison.OrdinalIgnoreCase) || Path.GetFileName(helpFile) != helpFile))
        {
            problems.Add(fields.LineOf("external help file"), $"'{helpFile}' is not a file name that ends in -Help.xml");
        }

        var module = fields.Text("Module Name");
        var online = fields.Find("online version");
        if (!Uri.TryCreate(online, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            address = null;
            if (!string.IsNullOrEmpty(online)) problems.Add(fields.LineOf("online version"), $"'{online}' is not an address on the web");
        }

        if (fields.Text("schema") is { } schema && schema != Schema)
        {
            problems.Add(fields.LineOf("schema"), $"the schema is '{schema}', not {Schema}");
        }

        return (helpFile, module, address);
    }

    private static Dictionary<string, PageSection> ReadSections(MarkdownDocument document, string name, MarkdownText text, ProblemList problems)
    {
        var (above, pages) = PageSection.Split(document.Where(block => block is not YamlFrontMatterBlock), 1, text);
        if (above.Count > 0) problems.Add(above[0].Line + 1, "unexpected content above the title");
        if (pages.Count == 0)
        {
            problems.Add(1, $"the title '# {name}' is missing");
            return [];
        }

        if (pages[0].Title != name) problems.Add(pages[0].Line, $"the title is '{pages[0].Title}', but the file is {name}.md");
        foreach (var other in pages.Skip(1)) problems.Add(other.Line, $"a second title, '{other.Title}'");

        var (lead, sections) = PageSection.Split(pages[0].Blocks, 2, text);
        if (lead.Count > 0) problems.Add(lead[0].Line + 1, "unexpected content above the first section");
        var found = new Dictionary<string, PageSection>(StringComparer.Ordinal);
        var last = -1;
        foreach (var section in sections)
        {
            var place = Array.IndexOf(Titles, section.Title);
            if (place < 0) problems.Add(section.Line, $"a help page has no section '{section.Title}' (its sections: {string.Join(", ", Titles)})");
            else if (!found.TryAdd(section.Title, section)) problems.Add(section.Line, $"the section {section.Title} appears twice");
            else if (place < last) problems.Add(section.Line, $"the section {section.Title} is below {Titles[last]}");
            last = Math.Max(last, place);
        }

        foreach (var title in Titles.Where(title => !found.ContainsKey(title))) problems.Add(pages[0].Line, $"the section {title} is missing");
        return found;
    }

    private static string ReadSynopsis(PageSection section, MarkdownText text, ProblemList problems)
    {
        var paragraphs = ReadText(section, text, problems);
        if (section.Blocks.Count > 1) problems.Add(section.Blocks[1].Line + 1, "the synopsis is more than one paragraph");
        return paragraphs.Count == 0 ? "" : paragraphs[0];
    }

    private static IReadOnlyList<string> ReadText(PageSection section, MarkdownText text, ProblemList problems)
    {
        var paragraphs = text.Paragraphs(section.Blocks);
        // A section that is missing has no line, and was reported as such.
        if (paragraphs.Count == 0 && section.Line > 0) problems.Add(section.Line, $"the section {section.Title} is empty");
        return paragraphs;
    }

    private static List<HelpType> ReadTypes(PageSection section, MarkdownText text, ProblemList problems)
    {
        var (lead, types) = PageSection.Split(section.Blocks, 3, text);
        if (lead.Count > 0) problems.Add(lead[0].Line + 1, $"unexpected content above the first '### Type' of {section.Title}");
        if (types.Count == 0 && section.Line > 0) problems.Add(section.Line, $"the section {section.Title} names no type; write '### None' if there is none");
        return types.Select(type => new HelpType(type.Title, text.Paragraphs(type.Blocks))).ToList();
    }

    private static List<HelpLink> ReadLinks(PageSection section, MarkdownText text, ProblemList problems)
    {
        var links = new List<HelpLink>();
        foreach (var paragraph in section.Blocks.SelectMany(block => block.Descendants<ParagraphBlock>().Prepend(block as ParagraphBlock)).OfType<ParagraphBlock>())
        {
            foreach (var inline in paragraph.Inline ?? [])
            {
                if (inline is LinkInline { IsImage: false } link)
                {
                    links.Add(new HelpLink(text.Inline(link), WebAddress(link.Url)));
                }
                else if (inline is AutolinkInline { IsEmail: false } auto)
                {
                    links.Add(new HelpLink("", WebAddress(auto.Url)));
                }
                else if (inline is not LineBreakInline && !string.IsNullOrWhiteSpace(inline.ToString()))
                {
                    problems.Add(paragraph.Line + 1, "RELATED LINKS contains more than links");
                }
            }
        }

        foreach (var block in section.Blocks.Where(block => block is not (ParagraphBlock or ListBlock))) problems.Add(block.Line + 1, "this is not a link");
        return links;
    }

    private static Uri? WebAddress(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    [GeneratedRegex("^[A-Z][A-Za-z]*-[A-Z][A-Za-z0-9]*$")]
    private static partial Regex CommandName();
}
