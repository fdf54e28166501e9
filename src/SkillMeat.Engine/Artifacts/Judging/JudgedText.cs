using System.Text;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Artifacts.Judging;

/// <summary>A Markdown file with its front matter and the lines of its keys.</summary>
/// <param name="Known">The front matter with its problems.</param>
/// <param name="Values">All keys.</param>
internal sealed record JudgedText(FrontMatter Known, IReadOnlyDictionary<string, FrontMatterValue> Values)
{
    private string[] _head = [];

    /// <summary>Whether the file begins with front matter.</summary>
    public bool HasFrontMatter { get; private init; }

    /// <summary>Whether the file begins with a byte order mark.</summary>
    public bool HasMark { get; private init; }

    /// <summary>The first line with bytes that are not UTF-8; null if there is none.</summary>
    public int? FirstBadLine { get; private init; }

    /// <summary>The number of lines.</summary>
    public int Lines { get; private init; }

    /// <summary>Whether there is nothing below the front matter.</summary>
    public bool IsEmptyBelow { get; private init; }

    public static JudgedText Of(string name, byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var head = FrontMatterReader.MayBeLink(name, text) ? "" : FrontMatterReader.Head(name, text);
        var (known, values) = FrontMatterReader.ReadBoth(name, text);
        return new JudgedText(known, values)
        {
            HasFrontMatter = head.Length > 0,
            HasMark = text.StartsWith('\uFEFF'),
            FirstBadLine = BadLine(text),
            Lines = FrontMatterText.CountLineEnds(text),
            IsEmptyBelow = head.Length > 0 && head.Length < text.Length && string.IsNullOrWhiteSpace(text[head.Length..]),
            _head = FrontMatterText.Lines(head),
        };
    }

    /// <summary>Returns the line of a key, or null if it is not found at the beginning of one.</summary>
    public int? LineOf(string key) => Array.FindIndex(_head, line => line.TrimStart().StartsWith(key, StringComparison.Ordinal) && line.TrimStart()[key.Length..].TrimStart().StartsWith(':')) is var at and >= 0 ? at + 1 : null;

    private static int? BadLine(string text)
    {
        var at = text.IndexOf('\uFFFD', StringComparison.Ordinal);
        return at < 0 ? null : FrontMatterText.CountLineEnds(text.AsSpan(0, at)) + 1;
    }
}
