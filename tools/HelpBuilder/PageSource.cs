using System.Text;
using Markdig;
using Markdig.Syntax;

namespace SkillMeat.HelpBuilder;

/// <summary>Reads a file as Markdown with front matter and tables.</summary>
internal static class PageSource
{
    /// <exception cref="HelpPageException">The file is not UTF-8.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static MarkdownDocument Read(string file) => Markdown.Parse(
        Decode(file),
        new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePipeTables().UsePreciseSourceLocation().Build());

    private static string Decode(string file)
    {
        var bytes = File.ReadAllBytes(file);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new HelpPageException([new HelpProblem(file, bytes.AsSpan(0, Math.Clamp(e.Index, 0, bytes.Length)).Count((byte)'\n') + 1, "this is not UTF-8")]);
        }
    }
}
