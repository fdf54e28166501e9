using Markdig.Syntax;

namespace SkillMeat.HelpBuilder;

/// <summary>A heading and the blocks below it, up to the next heading of its level.</summary>
/// <param name="Title">The text of the heading.</param>
/// <param name="Line">The line of the heading, counted from 1.</param>
/// <param name="Blocks">The blocks below it, including deeper headings.</param>
internal sealed record PageSection(string Title, int Line, IReadOnlyList<Block> Blocks)
{
    /// <summary>Splits blocks at the headings of one level.</summary>
    /// <returns>The blocks above the first heading, and the sections.</returns>
    public static (IReadOnlyList<Block> Lead, IReadOnlyList<PageSection> Sections) Split(IEnumerable<Block> blocks, int level, MarkdownText text)
    {
        var lead = new List<Block>();
        var current = lead;
        var sections = new List<PageSection>();
        foreach (var block in blocks)
        {
            if (block is HeadingBlock heading && heading.Level == level)
            {
                current = [];
                sections.Add(new PageSection(text.Inline(heading), heading.Line + 1, current));
            }
            else if (block is not LinkReferenceDefinitionGroup)
            {
                current.Add(block);
            }
        }

        return (lead, sections);
    }
}
