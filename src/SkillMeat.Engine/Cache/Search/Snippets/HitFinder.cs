using SkillMeat.Cache.Search.Queries;
using SkillMeat.Cache.Search.Words;

namespace SkillMeat.Cache.Search.Snippets;

/// <summary>Finds the words of a search in a text.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class HitFinder(HitWords words)
{
    private readonly WordSplitter _splitter = new();

    /// <summary>Returns the places of the words, in their order. They do not overlap.</summary>
    public IReadOnlyList<(int Start, int End)> Find(string text)
    {
        var hits = new List<(int Start, int End)>();
        foreach (var segment in _splitter.Split(text))
        {
            if (segment.IsRun)
            {
                AddRun(hits, segment);
            }
            else if (IsHit(segment.Text))
            {
                Add(hits, segment.Start, segment.End);
            }
            else
            {
                foreach (var part in segment.Pieces.Where(part => IsHit(part.Text))) Add(hits, part.Start, part.End);
            }
        }

        return hits;
    }

    private void AddRun(List<(int Start, int End)> hits, TextSegment run)
    {
        foreach (var (token, index) in RunTokens.Of(run).Select((token, index) => (token, index)))
        {
            if (words.Exact.Contains(token.Text)) Add(hits, token.Start, token.End);
            else if (words.Beginnings.Contains(run.Pieces[index].Text)) Add(hits, run.Pieces[index].Start, run.Pieces[index].End);
        }
    }

    private bool IsHit(string word) => words.Exact.Contains(word) || words.Beginnings.Any(beginning => word.StartsWith(beginning, StringComparison.Ordinal));

    private static void Add(List<(int Start, int End)> hits, int start, int end)
    {
        if (hits.Count > 0 && hits[^1].End >= start) hits[^1] = (hits[^1].Start, Math.Max(end, hits[^1].End));
        else hits.Add((start, end));
    }
}
