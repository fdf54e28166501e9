using SkillMeat.Cache.Indexing;

namespace SkillMeat.Cache.Lists;

/// <summary>The statements of <see cref="ArtifactOverview"/>. Parameters: 1 the collection, 2 types, 3 tags, 4 origins, 5 states, 6 ids, 7 a text; of a page also 8 to 10 the place before it, and 11 the limit.</summary>
internal static class ListStatements
{
    /// <summary>Returns the time of the newest check of a collection, parameter 1.</summary>
    public const string LastCheck = "SELECT max(checked) FROM upstream_state WHERE collection = ?1";

    /// <summary>Returns the artifacts with an update, of all collections. A state counts only for the artifact that was checked.</summary>
    public const string Updates =
        """
        SELECT u.collection, u.type || ':' || u.name
        FROM upstream_state u JOIN collection c ON c.name = u.collection JOIN artifact a ON a.collection_id = c.id AND a.type = u.type AND a.name = u.name
        WHERE u.is_behind = 1 AND u.change = 'Updated' AND u.upstream IS a.upstream AND u.ref IS a.ref AND u.resolved_sha IS a.resolved_sha AND u.content_hash IS a.content_hash
        """;

    private const string State =
        """
        CASE WHEN u.change IS NULL THEN 4 WHEN u.change = 'Moved' THEN 2 WHEN u.change = 'Deleted' THEN 3 WHEN u.change = 'Updated' AND u.is_behind = 1 THEN 1
            WHEN u.change IN ('Updated', 'UpToDate') THEN 0 ELSE 4 END
        """;

    // A state counts only for the artifact that was checked.
    private const string WithUpstream =
        """
        artifact a LEFT JOIN upstream_state u ON u.collection = ?1 AND u.type = a.type AND u.name = a.name AND u.upstream IS a.upstream AND u.ref IS a.ref AND u.resolved_sha IS a.resolved_sha
            AND u.content_hash IS a.content_hash
        """;

    // With the sign, the index of collections is not used, which would come before the one of ids. A list reads all rows of a collection in any case.
    private const string Conditions =
        $"""
        +a.collection_id = (SELECT id FROM collection WHERE name = ?1)
        AND (?2 IS NULL OR a.type IN (SELECT value FROM json_each(?2)))
        AND (?3 IS NULL OR NOT EXISTS (SELECT 1 FROM json_each(?3) AS tag WHERE instr(char(10) || lower(a.tags) || char(10), char(10) || lower(tag.value) || char(10)) = 0))
        AND (?4 IS NULL OR a.origin IN (SELECT value FROM json_each(?4)))
        AND (?5 IS NULL OR {State} IN (SELECT value FROM json_each(?5)))
        AND (?7 IS NULL OR instr(lower(concat_ws(char(10), a.name, a.title, a.description, a.tags)), lower(?7)) > 0)
        """;

    // Without a choice in it, so that each one is looked up.
    private const string AmongIds =
        """
        AND a.id IN (SELECT one.id FROM json_each(?6) AS wanted CROSS JOIN artifact one ON one.collection_id = (SELECT id FROM collection WHERE name = ?1)
            AND one.type = substr(wanted.value, 1, instr(wanted.value, ':') - 1) AND one.name = substr(wanted.value, instr(wanted.value, ':') + 1))
        """;

    // In the order of the ids, each of which is looked up.
    private const string AsGiven =
        $"""
        json_each(?6) AS wanted CROSS JOIN {WithUpstream}
        """;

    private const string OfWanted =
        """
        AND a.collection_id = (SELECT id FROM collection WHERE name = ?1)
        AND a.type = substr(wanted.value, 1, instr(wanted.value, ':') - 1) AND a.name = substr(wanted.value, instr(wanted.value, ':') + 1)
        """;

    // Every parameter that has a number must be in the text.
    private const string WithoutIds = "AND ?6 IS NULL";

    /// <summary>Counts all artifacts that meet the conditions.</summary>
    public static string Count(bool needsState, bool hasIds) =>
        $"SELECT count(*) FROM {(needsState ? WithUpstream : "artifact a")} WHERE {(needsState ? Conditions : Conditions.Replace(State, "NULL", StringComparison.Ordinal))} {(hasIds ? AmongIds : WithoutIds)}";

    /// <summary>Returns the artifacts of a page with their keys, in order.</summary>
    public static string Page(ListedOrder order, bool isDescending, bool hasIds)
    {
        var (direction, comparison) = isDescending ? ("DESC", "<") : ("ASC", ">");
        var isAsGiven = order == ListedOrder.Relevance && hasIds;
        var key = order switch
        {
            ListedOrder.Relevance when hasIds => "printf('%010d', wanted.key)",
            ListedOrder.Type => "a.type",
            ListedOrder.Date => "printf('%020d', coalesce(a.updated, a.added, 0))",
            ListedOrder.State => $"CAST({State} AS TEXT)",
            _ => "lower(a.name)",
        };
        return $"""
            WITH page AS (
                SELECT a.id AS id, {key} AS key, a.name AS name, a.type AS type, {State} AS state, u.upstream_version AS upstream_version, u.checked AS checked
                FROM {(isAsGiven ? AsGiven : WithUpstream)}
                WHERE {Conditions} {(isAsGiven ? OfWanted : hasIds ? AmongIds : WithoutIds)} AND (?8 IS NULL OR ({key}, lower(a.name), a.name, a.type) {comparison} (?8, lower(?9), ?9, ?10))
                ORDER BY {key} {direction}, lower(a.name) {direction}, a.name {direction}, a.type {direction}
                LIMIT ?11)
            SELECT {ArtifactRow.Columns}, a.sum, page.key, page.state, page.upstream_version, page.checked,
                (SELECT count(*) FROM deployment d WHERE d.collection = ?1 AND d.type = page.type AND d.name = page.name AND d.state <> 'Added'),
                (SELECT count(*) FROM deployment d WHERE d.collection = ?1 AND d.type = page.type AND d.name = page.name AND d.state NOT IN ('Added', 'InSync', 'Converged'))
            FROM page JOIN artifact a ON a.id = page.id
            ORDER BY page.key {direction}, lower(page.name) {direction}, page.name {direction}, page.type {direction}
            """;
    }
}
