using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace SkillMeat.HelpBuilder;

/// <summary>Converts Markdown to plain text.</summary>
/// <param name="problems">Receives problems with content that cannot be converted.</param>
/// <param name="width">The length of lines, or null to leave each paragraph on one line, for a reader that wraps lines itself.</param>
internal sealed class MarkdownText(ProblemList problems, int? width = null)
{
    // Get-Help indents by 4 or 8 and breaks lines at the edge of the console, which would tear a wider table apart.
    private const int TableWidth = 72;

    /// <summary>Returns paragraphs for MAML. Its readers trim each one, so code is in the paragraph of the text above it, where its indentation survives.</summary>
    public IReadOnlyList<string> Paragraphs(IEnumerable<Block> blocks)
    {
        var paragraphs = new List<string>();
        foreach (var chunk in Chunks(blocks))
        {
            if (chunk.IsCode && paragraphs.Count > 0)
            {
                paragraphs[^1] += "\n\n" + string.Join('\n', TextChunk.Indent(chunk.Lines, TextChunk.CodeIndent));
            }
            else
            {
                paragraphs.Add(string.Join('\n', chunk.Lines));
            }
        }

        return paragraphs;
    }

    public IReadOnlyList<TextChunk> Chunks(IEnumerable<Block> blocks) => Chunks(blocks, width);

    /// <summary>Returns the text of a paragraph or heading.</summary>
    public string Inline(LeafBlock block) => Inline(block.Inline).Trim();

    /// <summary>Returns the lines of a code block, without empty ones at its ends.</summary>
    public static IReadOnlyList<string> CodeLines(LeafBlock block)
    {
        var lines = new List<string>();
        for (var i = 0; i < block.Lines.Count; i++)
        {
            lines.Add(block.Lines.Lines[i].Slice.ToString().Replace("\t", "    ", StringComparison.Ordinal).TrimEnd());
        }

        var first = lines.FindIndex(line => line.Length > 0);
        return first < 0 ? [] : lines[first..(lines.FindLastIndex(line => line.Length > 0) + 1)];
    }

    private List<TextChunk> Chunks(IEnumerable<Block> blocks, int? room)
    {
        var chunks = new List<TextChunk>();
        foreach (var block in blocks)
        {
            switch (block)
            {
                case Table table:
                    chunks.Add(new TextChunk(TextTable.Lines(Rows(table), room ?? TableWidth)));
                    break;
                case ListBlock list:
                    chunks.Add(new TextChunk(ListLines(list, room)));
                    break;
                case QuoteBlock quote:
                    chunks.AddRange(QuoteChunks(quote, room));
                    break;
                case CodeBlock code when CodeLines(code) is { Count: > 0 } lines:
                    chunks.Add(new TextChunk(lines, IsCode: true));
                    break;
                case ParagraphBlock or HeadingBlock when Inline((LeafBlock)block) is { Length: > 0 } text:
                    chunks.Add(new TextChunk(TextLines.Wrap(text, room)));
                    break;
                case HtmlBlock { Type: not HtmlBlockType.Comment }:
                    problems.Add(block.Line + 1, "HTML cannot be shown as text");
                    break;
            }
        }

        return chunks;
    }

    private List<string> ListLines(ListBlock list, int? room)
    {
        var items = list.OfType<ListItemBlock>().ToList();
        var markers = items.Select(item => list.IsOrdered ? $"{item.Order}. " : "- ").ToList();
        var indent = markers.Max(marker => marker.Length);
        var lines = new List<string>();
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0 && list.IsLoose) lines.Add("");
            var content = ItemLines(items[i], list.IsLoose, room - indent);
            lines.Add((markers[i].PadRight(indent) + content.FirstOrDefault()).TrimEnd());
            lines.AddRange(TextChunk.Indent(content.Skip(1), indent));
        }

        return lines;
    }

    private List<string> ItemLines(ListItemBlock item, bool isLoose, int? room)
    {
        var lines = new List<string>();
        foreach (var chunk in Chunks(item, room))
        {
            if (lines.Count > 0 && (isLoose || chunk.IsCode)) lines.Add("");
            lines.AddRange(TextChunk.Indent(chunk.Lines, chunk.IsCode && lines.Count > 0 ? TextChunk.CodeIndent : 0));
        }

        return lines;
    }

    private List<TextChunk> QuoteChunks(QuoteBlock quote, int? room)
    {
        var chunks = Chunks(quote, room);
        // The marker of notes on GitHub and Microsoft Learn: "[!NOTE]" on a line of its own, which a soft line end may have joined to the text.
        if (chunks.Count > 0 && chunks[0].Lines[0] is ['[', '!', ..] first && first.IndexOf(']', StringComparison.Ordinal) is > 2 and var end)
        {
            var marked = $"{first[2..end].ToUpperInvariant()}: {first[(end + 1)..].TrimStart()}";
            chunks[0] = new TextChunk(TextLines.Wrap(string.Join(' ', chunks[0].Lines.Skip(1).Prepend(marked)), room));
        }

        return chunks;
    }

    private List<IReadOnlyList<string>> Rows(Table table) => table.OfType<TableRow>()
        .Select(row => (IReadOnlyList<string>)row.OfType<TableCell>().Select(cell => string.Join(' ', cell.OfType<LeafBlock>().Select(Inline))).ToList())
        .ToList();

    /// <summary>Returns the text of a link or of another inline with several parts.</summary>
    public string Inline(ContainerInline? container) => container is null ? "" : string.Concat(container.Select(Inline));

    private string Inline(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline { IsHard: true } => "\n",
        LineBreakInline => " ",
        AutolinkInline link => link.Url,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        HtmlInline html => Html(html),
        LinkInline { IsImage: false } link => Link(Inline((ContainerInline)link), link.Url ?? ""),
        DelimiterInline delimiter => delimiter.ToLiteral() + Inline((ContainerInline)delimiter),
        ContainerInline nested => Inline(nested),
        _ => "",
    };

    private static string Link(string text, string url) =>
        text != url && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? $"{text} ({url})" : text;

    private string Html(HtmlInline html)
    {
        if (html.Tag.StartsWith("<!--", StringComparison.Ordinal)) return "";
        if (html.Tag.StartsWith("<br", StringComparison.OrdinalIgnoreCase)) return "\n";
        problems.Add(html.Line + 1, $"'{html.Tag}' is HTML, which cannot be shown as text; write it as code, or escape it with \\");
        return "";
    }
}
