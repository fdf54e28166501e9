using SkillMeat.Cache.Database;

namespace SkillMeat.Cache.Search.Words;

/// <summary>The different words of all artifacts: finds those that are similar to a typed one.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class SimilarWords(CacheConnection connection)
{
    // Enough to find what was meant, and few enough for a fast search.
    private const int Most = 64;
    private const int PartLength = 3;

    // Among the parts of a shorter word, one error can leave none as it was.
    private const int LongestToScan = 7;

    private const string Shortest = "ORDER BY length(w.text), w.text";

    /// <summary>Adds words. Those that are there stay.</summary>
    public void Add(IReadOnlyCollection<string> words)
    {
        if (words.Count > 0) connection.Execute("INSERT OR IGNORE INTO word(text) SELECT value FROM json_each(?1)", JsonText.Of(words));
    }

    /// <summary>Finds words of which a typed one is a part, the shortest first.</summary>
    public IReadOnlyList<string> Containing(string typed)
    {
        if (typed.Length < PartLength) return [];
        return [.. connection.Query($"SELECT w.text FROM word_part CROSS JOIN word w ON w.id = word_part.rowid WHERE word_part MATCH ?1 {Shortest}", row => row.GetString(0), Parts(typed, " AND "))
            .Where(word => word.Contains(typed, StringComparison.Ordinal)).Take(Most)];
    }

    /// <summary>Finds words that differ from a typed one by few errors.</summary>
    /// <param name="typed">The typed word.</param>
    /// <param name="errors">The largest number of errors.</param>
    public IReadOnlyList<string> Like(string typed, int errors)
    {
        if (typed.Length > LongestToScan)
        {
            var found = Nearest(typed, errors, connection.Query(
                "SELECT w.text FROM word_part CROSS JOIN word w ON w.id = word_part.rowid WHERE word_part MATCH ?1 AND length(w.text) BETWEEN ?2 AND ?3",
                row => row.GetString(0), Parts(typed, " OR "), typed.Length - errors, typed.Length + errors));
            if (found.Count > 0) return found;
        }

        return Nearest(typed, errors, connection.Query("SELECT text FROM word WHERE length(text) BETWEEN ?1 AND ?2", row => row.GetString(0), typed.Length - errors, typed.Length + errors));
    }

    private static List<string> Nearest(string typed, int errors, IEnumerable<string> words) =>
        [.. words.Where(word => EditDistance.Of(typed, word, errors) <= errors).Order(StringComparer.Ordinal).Take(Most)];

    // Words have letters and digits only, so they need no escapes.
    private static string Parts(string typed, string between) =>
        string.Join(between, Enumerable.Range(0, typed.Length - PartLength + 1).Select(i => $"\"{typed.Substring(i, PartLength)}\"").Distinct(StringComparer.Ordinal));
}
