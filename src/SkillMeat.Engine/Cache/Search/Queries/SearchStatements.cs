using SkillMeat.Cache.Indexing;

namespace SkillMeat.Cache.Search.Queries;

/// <summary>The statements of the search. Parameters 1 to 5 are those of <see cref="SearchFilter"/>; then come limit, offset and the expression, or of a count the expression.</summary>
internal static class SearchStatements
{
    // A hit in the name counts most: name, title, tags, description, author, source, body.
    private const string Rank = "bm25(search, 10.0, 6.0, 5.0, 3.0, 2.0, 1.0, 1.0)";

    private const string ByName = "a.name COLLATE NOCASE, a.name, a.type, (SELECT c.name FROM collection c WHERE c.id = a.collection_id)";

    private const string Conditions =
        """
        (?1 IS NULL OR a.type IN (SELECT value FROM json_each(?1)))
        AND a.collection_id IN (SELECT value FROM json_each(?2))
        AND (?3 IS NULL OR a.id IN (SELECT value FROM json_each(?3)))
        AND (?4 IS NULL OR a.id NOT IN (SELECT value FROM json_each(?4)))
        AND (?5 IS NULL OR NOT EXISTS (SELECT 1 FROM json_each(?5) AS literal WHERE instr(
            CASE literal.value ->> 'column'
                WHEN 'name' THEN a.name
                WHEN 'author' THEN coalesce(a.author, '')
                WHEN 'source' THEN coalesce(a.upstream, '')
                ELSE concat_ws(char(10), a.name, a.title, a.description, a.tags, a.author, a.upstream) END,
            literal.value ->> 'text') = 0))
        """;

    /// <summary>Reads the rows of a page, in any order. The parameter is the list of their ids.</summary>
    public const string Rows =
        $"SELECT {ArtifactRow.Columns}, a.sum, c.name, a.id, a.text_file FROM artifact a JOIN collection c ON c.id = a.collection_id WHERE a.id IN (SELECT value FROM json_each(?1))";

    /// <summary>Counts all artifacts that meet the conditions.</summary>
    public static string Count(bool hasWords) => hasWords
        ? $"SELECT count(*) FROM search CROSS JOIN artifact a ON a.id = search.rowid WHERE search MATCH ?6 AND {Conditions}"
        : $"SELECT count(*) FROM artifact a WHERE {Conditions}";

    /// <summary>Returns ids and ranks of a page.</summary>
    public static string Page(bool hasWords, SearchOrder order)
    {
        var by = order switch
        {
            SearchOrder.Date => $"coalesce(a.updated, a.added) DESC, {ByName}",
            SearchOrder.Relevance when hasWords => $"rank, {ByName}",
            _ => ByName,
        };
        return hasWords
            ? $"SELECT a.id, {Rank} AS rank FROM search CROSS JOIN artifact a ON a.id = search.rowid WHERE search MATCH ?8 AND {Conditions} ORDER BY {by} LIMIT ?6 OFFSET ?7"
            : $"SELECT a.id, 0.0 FROM artifact a WHERE {Conditions} ORDER BY {by} LIMIT ?6 OFFSET ?7";
    }
}
