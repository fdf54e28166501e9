using SkillMeat.Cache.Database;
using SkillMeat.Cache.Search.Words;

namespace SkillMeat.Cache.Search.Queries;

/// <summary>The ways to look for typed words, from the strictest on. The first one that finds something is the answer.</summary>
/// <param name="connection">The database.</param>
/// <param name="groups">The words.</param>
/// <param name="tags">The tags, which are always taken strictly.</param>
/// <remarks>Not thread-safe. Expressions have only words of letters and digits in quotes, so nothing that was typed is an operator.</remarks>
internal sealed class MatchLadder(CacheConnection connection, IReadOnlyList<QueryGroup> groups, IReadOnlyList<string> tags)
{
    private const int ShortestWithError = 4;
    private const int ShortestWithTwoErrors = 8;

    /// <summary>Returns the attempts. Later ones cost more, so they are worked out when they are asked for.</summary>
    public IEnumerable<SearchAttempt> Attempts()
    {
        yield return Of(SearchMatch.Exact, group => InColumn(group.Column, Phrase(group.Tokens, group.IsOpen)), HitsOf(isBeginning: false));
        if (groups.Count == 0) yield break;
        yield return Of(SearchMatch.Prefix, group => InColumn(group.Column, Phrase(group.Tokens, isOpen: true)), HitsOf(isBeginning: true));
        if (groups.Any(group => group.Parts.Count > 1)) yield return Of(SearchMatch.Similar, group => And(group.Parts.Select(part => InColumn(group.Column, Phrase(part.Tokens, isOpen: true)))), HitsOf(isBeginning: true));
        foreach (var isWide in new[] { false, true })
        {
            if (Similar(isWide) is { } similar) yield return similar;
        }
    }

    private SearchAttempt Of(SearchMatch match, Func<QueryGroup, string> expression, HitWords hits)
    {
        var all = groups.Select(expression).Concat(tags.Select(tag => InColumn("tags", Phrase([TagWord.Of(tag)], isOpen: false)))).ToList();
        return new SearchAttempt(match, all.Count == 0 ? null : And(all), hits);
    }

    private SearchAttempt? Similar(bool isWide)
    {
        var (exact, beginnings) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
        var found = new Dictionary<QueryGroup, string>(ReferenceEqualityComparer.Instance);
        foreach (var group in groups)
        {
            var parts = new List<string>();
            foreach (var part in group.Parts)
            {
                var words = part.IsRun ? [] : WordsLike(part.Tokens[0], group.Column, isWide);
                // A run is found by substring in any case. Of a word, nothing similar means that nothing is found at all.
                if (!part.IsRun && words.Count == 0 && !BeginsWord(part.Tokens[0], group.Column)) return null;
                parts.Add(InColumn(group.Column, $"({string.Join(" OR ", words.Select(word => Phrase([word], isOpen: false)).Append(Phrase(part.Tokens, isOpen: true)))})"));
                exact.UnionWith(words);
                beginnings.AddRange(part.Tokens);
            }

            found.Add(group, And(parts));
        }

        return Of(SearchMatch.Similar, group => found[group], new HitWords(exact, beginnings));
    }

    private IReadOnlyList<string> WordsLike(string typed, string? column, bool isWide)
    {
        var words = new SimilarWords(connection);
        if (!isWide && BeginsWord(typed, column)) return [];
        var containing = words.Containing(typed);
        if (!isWide && containing.Count > 0) return containing;
        if (typed.Length < ShortestWithError) return containing;
        var like = words.Like(typed, 1);
        if (like.Count == 0 && typed.Length >= ShortestWithTwoErrors) like = words.Like(typed, 2);
        return [.. containing, .. like];
    }

    private bool BeginsWord(string typed, string? column) => connection.Number("SELECT rowid FROM search WHERE search MATCH ?1 LIMIT 1", InColumn(column, Phrase([typed], isOpen: true))) != 0;

    private HitWords HitsOf(bool isBeginning)
    {
        var shown = groups.Where(group => group.Column is null).SelectMany(group => group.Parts).ToList();
        var beginnings = shown.Where(part => isBeginning || part.IsOpen).SelectMany(part => part.Tokens).ToList();
        return new HitWords(shown.SelectMany(part => part.Tokens).ToHashSet(StringComparer.Ordinal), beginnings);
    }

    private static string Phrase(IEnumerable<string> tokens, bool isOpen) => $"\"{string.Join(' ', tokens)}\"{(isOpen ? " *" : "")}";

    private static string InColumn(string? column, string expression) => column is null ? expression : $"{column} : {expression}";

    private static string And(IEnumerable<string> expressions) => $"({string.Join(" AND ", expressions)})";
}
