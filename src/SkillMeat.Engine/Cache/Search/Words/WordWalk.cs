using SkillMeat.Cache.Database;

namespace SkillMeat.Cache.Search.Words;

/// <summary>
/// Removes the words that no artifact has any more. Which ones these are shows only a look at each word, so it is done in steps, from where the last one ended, until all were looked at since artifacts last left.
/// </summary>
/// <remarks>Not thread-safe. A step writes, so it belongs to work that writes anyway: a question must not wait for it.</remarks>
internal sealed class WordWalk(CacheConnection connection)
{
    /// <summary>The number of words of a step beside other work.</summary>
    public const int Few = 200;

    /// <summary>The number of words of a step of maintenance.</summary>
    public const int Many = 5_000;

    // By the primary key.
    private const string Next = "SELECT id, text FROM word WHERE id > ?1 ORDER BY id LIMIT ?2";

    /// <summary>Notes that artifacts left, or have other words.</summary>
    public void Begin() => connection.Execute(
        "INSERT INTO word_walk(id, done, remaining) VALUES(1, 0, (SELECT coalesce(max(id), 0) FROM word)) ON CONFLICT(id) DO UPDATE SET remaining = excluded.remaining");

    /// <summary>Looks at the next words, if there is anything to do.</summary>
    /// <param name="most">The largest number of words.</param>
    /// <returns>The number of removed words.</returns>
    public int Step(int most)
    {
        if (connection.Number("SELECT count(*) FROM word_walk") == 0) return 0;
        return connection.Write(() =>
        {
            if (connection.Query("SELECT done, remaining FROM word_walk WHERE id = 1", row => (Done: row.GetInt64(0), Remaining: row.GetInt64(1))) is not [var walk]) return 0;
            var words = connection.Query(Next, row => (Id: row.GetInt64(0), Text: row.GetString(1)), walk.Done, Math.Min(most, Math.Max(0, walk.Remaining)));
            var removed = 0;
            // Words have letters and digits only, so they need no escapes.
            foreach (var word in words.Where(word => connection.Number("SELECT rowid FROM search WHERE search MATCH ?1 LIMIT 1", $"\"{word.Text}\"") == 0)) removed += connection.Execute("DELETE FROM word WHERE id = ?1", word.Id);
            var remaining = walk.Remaining - words.Count;
            // The walk began somewhere between, so it goes on at the beginning.
            var isAtEnd = words.Count < most;
            if (remaining <= 0 || (isAtEnd && walk.Done == 0)) connection.Execute("DELETE FROM word_walk");
            else connection.Execute("UPDATE word_walk SET done = ?1, remaining = ?2 WHERE id = 1", isAtEnd ? 0 : words[^1].Id, remaining);
            return removed;
        });
    }
}
