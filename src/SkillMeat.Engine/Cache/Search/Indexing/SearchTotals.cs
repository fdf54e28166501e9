using SkillMeat.Cache.Database;
using SkillMeat.Cache.Search.Words;

namespace SkillMeat.Cache.Search.Indexing;

/// <summary>
/// The number of artifacts and words by which the full-text search weighs a hit. When a row leaves a table without content, SQLite does not count it down, so the weights would drift with every change, and the same
/// files would have other scores in another file.
/// </summary>
/// <remarks>Not thread-safe. Source of the format: the comments of <c>fts5_index.c</c> and <c>fts5_storage.c</c>: the record 1 holds the number of rows and of the words of each column.</remarks>
internal sealed class SearchTotals(CacheConnection connection)
{
    private const int Columns = 7;
    private const int Longest = 9;

    /// <summary>Whether the numbers are those of the rows. Between two transactions of another process they can be wrong.</summary>
    public bool AreRight() => Counted() == connection.Number("SELECT count(*) FROM search_docsize");

    /// <summary>Counts again if rows have left or were replaced.</summary>
    public void Correct()
    {
        if (AreRight()) return;
        // SQLite writes its own numbers at the end of the transaction that changed them, so this is one by itself.
        connection.Write(() =>
        {
            // Another thread may have done it meanwhile.
            if (AreRight()) return;
            var sums = new long[Columns + 1];
            foreach (var sizes in connection.Query("SELECT sz FROM search_docsize", row => row.GetFieldValue<byte[]>(0)))
            {
                sums[0]++;
                var at = 0;
                for (var column = 1; column <= Columns; column++) sums[column] += ReadNumber(sizes, ref at);
            }

            connection.Execute("UPDATE search_data SET block = ?1 WHERE id = 1", (byte[])[.. sums.SelectMany(Encode)]);
            new WordWalk(connection).Begin();
        });
        new WordWalk(connection).Step(WordWalk.Few);
    }

    private long Counted()
    {
        var at = 0;
        return connection.First("SELECT block FROM search_data WHERE id = 1", row => row.GetFieldValue<byte[]>(0)) is { Length: > 0 } totals ? ReadNumber(totals, ref at) : 0;
    }

    // Seven bits a byte, the highest first; a ninth byte would have eight, but no number is so large.
    private static long ReadNumber(ReadOnlySpan<byte> bytes, ref int at)
    {
        var number = 0L;
        for (var i = 0; i < Longest; i++)
        {
            if (at >= bytes.Length) throw new DamagedRowException();
            var next = bytes[at++];
            number = (number << 7) | (uint)(next & 0x7F);
            if (next < 0x80) return number;
        }

        throw new DamagedRowException();
    }

    private static IEnumerable<byte> Encode(long number)
    {
        var shift = 0;
        while (number >> (shift + 7) != 0) shift += 7;
        for (; shift > 0; shift -= 7) yield return (byte)(0x80 | (number >> shift));
        yield return (byte)(number & 0x7F);
    }
}
