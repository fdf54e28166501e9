using System.Net;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using SkillMeat.Collections;

namespace SkillMeat.Server.Artifacts;

/// <summary>
/// Makes HTML of untrusted texts: Markdown without raw HTML, everything else as it is written. Links lead to the web or to mail only, and open apart; images are links, so that nothing is
/// loaded; control characters and those that change the order of others are shown.
/// </summary>
internal static class SafeHtml
{
    // A text that takes longer to lay out than anybody reads is shown as it is written.
    private const int MostChars = 512 << 10;

    // The parser takes a time that grows with the square of the brackets of a paragraph, and of the lists and quotations that begin on a line.
    private const int MostBracketsOfParagraph = 2_000;
    private const int MostBrackets = 20_000;
    private const int MostMarkersOfLine = 200;

    private static readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePipeTables().UseTaskLists().UseAutoLinks().DisableHtml().Build();

    /// <summary>Renders a text.</summary>
    /// <param name="path">The path of the file, whose ending tells whether it is Markdown.</param>
    /// <param name="text">The text.</param>
    public static string Of(string path, string text)
    {
        var visible = VisibleText.Lines(text.TrimStart('\uFEFF').ReplaceLineEndings("\n"));
        if (!path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || visible.Length > MostChars || IsTooNested(visible)) return AsWritten(visible);
        try
        {
            return Render(visible);
        }
        catch (ArgumentException)
        {
            // Its parts are nested too deeply.
            return AsWritten(visible);
        }
    }

    private static bool IsTooNested(string text)
    {
        var (brackets, ofParagraph, markers, isBlank, isHead) = (0, 0, 0, true, true);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '\n')
            {
                if (isBlank) ofParagraph = 0;
                (markers, isBlank, isHead) = (0, true, true);
                continue;
            }

            isBlank &= character is ' ' or '\t';
            isHead &= character is ' ' or '\t' or '>' or '-' or '+' or '*' or '.' or ')' || char.IsAsciiDigit(character);
            if (isHead && IsMarker(character, i + 1 < text.Length ? text[i + 1] : '\n') && ++markers > MostMarkersOfLine) return true;
            if (character == '[' && (++brackets > MostBrackets || ++ofParagraph > MostBracketsOfParagraph)) return true;
        }

        return false;
    }

    // Of a quotation, or of an item of a list.
    private static bool IsMarker(char character, char next) => character == '>' || (character is '-' or '+' or '*' or '.' or ')' && next is ' ' or '\t');

    private static string AsWritten(string text) => $"<pre><code>{WebUtility.HtmlEncode(text)}</code></pre>\n";

    private static string Render(string text)
    {
        var document = Markdown.Parse(text, _pipeline);
        foreach (var block in document.Descendants<LeafBlock>().ToList()) Secure(block.Inline);
        using var writer = new StringWriter();
        // A later version of the parser may treat links in another way. They still lead nowhere else.
        var renderer = new HtmlRenderer(writer) { LinkRewriter = url => IsAllowed(url) || IsMailAddress(url) ? url : "" };
        _pipeline.Setup(renderer);
        renderer.Render(document);
        writer.Flush();
        return writer.ToString();
    }

    private static void Secure(ContainerInline? container)
    {
        foreach (var inline in container?.ToList() ?? [])
        {
            if (inline is ContainerInline inner) Secure(inner);
            if (inline is LinkInline link) Secure(link);
            else if (inline is AutolinkInline autolink) Secure(autolink);
        }
    }

    private static void Secure(LinkInline link)
    {
        var url = link.GetDynamicUrl?.Invoke() ?? link.Url;
        if (!IsAllowed(url))
        {
            // Its text stays.
            while (link.FirstChild is { } child)
            {
                child.Remove();
                link.InsertBefore(child);
            }

            link.Remove();
            return;
        }

        link.GetDynamicUrl = null;
        link.Url = url;
        if (link.IsImage && link.FirstChild is null) link.AppendChild(new LiteralInline(url!));
        link.IsImage = false;
        OpenApart(link);
    }

    private static void Secure(AutolinkInline link)
    {
        if (link.IsEmail || IsAllowed(link.Url)) OpenApart(link);
        else link.ReplaceBy(new LiteralInline(link.Url));
    }

    private static void OpenApart(IMarkdownObject link)
    {
        var attributes = link.GetAttributes();
        attributes.AddPropertyIfNotExist("rel", "noopener noreferrer");
        attributes.AddPropertyIfNotExist("target", "_blank");
    }

    // The program writes 'mailto:' before those in angle brackets.
    private static bool IsMailAddress(string url) => url.Contains('@', StringComparison.Ordinal) && url.AsSpan().IndexOfAny(':', '/', '?') < 0;

    // Browsers read 'https:x' and a backslash in other ways than the framework.
    private static bool IsAllowed(string? url) => url is not null && !url.AsSpan().ContainsAnyInRange('\0', ' ') && !url.Contains('\\', StringComparison.Ordinal)
        && Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeMailto)
        && url.StartsWith(uri.Scheme == Uri.UriSchemeMailto ? "mailto:" : $"{uri.Scheme}://", StringComparison.OrdinalIgnoreCase);
}
