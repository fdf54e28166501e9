using SkillMeat.Cache.Search.Words;

namespace SkillMeat.Cache.Search.Queries;

/// <summary>Typed words that belong together, because they are in quotes or have no blank between them, such as <c>pdf-tools</c>.</summary>
/// <param name="Column">The column in which they must be, or null for any.</param>
/// <param name="Tokens">The words as one phrase.</param>
/// <param name="IsOpen">Whether the last token is only the beginning of a stored one.</param>
/// <param name="Parts">The words apart.</param>
internal sealed record QueryGroup(string? Column, IReadOnlyList<string> Tokens, bool IsOpen, IReadOnlyList<QueryPart> Parts)
{
    private const int MostSegments = 24;

    /// <summary>Makes a group of a text, or null if there is no letter or digit in it.</summary>
    public static QueryGroup? Of(string? column, string text)
    {
        var segments = new WordSplitter().Split(text);
        if (segments.Count == 0) return null;
        if (segments.Count > MostSegments) segments = [.. segments.Take(MostSegments)];
        var tokens = new List<string>();
        var parts = new List<QueryPart>();
        for (var i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            if (!segment.IsRun)
            {
                tokens.Add(segment.Text);
                parts.Add(new QueryPart([segment.Text], IsRun: false, IsOpen: false));
                continue;
            }

            // More letters can follow in the text, so the last letter alone is left out.
            var run = RunTokens.Of(segment).Select(token => token.Text).ToList();
            var open = run.Count > 1 ? run[..^1] : run;
            tokens.AddRange(i == segments.Count - 1 ? open : run);
            parts.Add(new QueryPart(open, IsRun: true, IsOpen: run.Count == 1));
        }

        return new QueryGroup(column, tokens, parts[^1].IsOpen, parts);
    }

    /// <summary>The text by which equal groups are known.</summary>
    public string Key => $"{Column}:{string.Join(' ', Tokens)}";
}
