using SkillMeat.Cache.Database;
using SkillMeat.Cache.Search.Words;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cache.Search.Indexing;

/// <summary>
/// Brings the words of artifacts up to date: of those whose rows changed, and of those whose manifest file changed since it was read. The rows of the artifacts themselves must be up to date.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class TextIndexer(CacheConnection connection, CollectionStore store)
{
    /// <summary>The number of artifacts up to which looking at their files costs nothing that anybody notices.</summary>
    public const int Few = 500;

    // Small enough that other processes don't wait long for the end of a transaction.
    private const int Batch = 1000;
    private const int StampsAtOnce = 512;
    private const long NanosecondsPerTick = 100;

    /// <summary>Brings all words up to date.</summary>
    /// <param name="maxAge">The time for which the stamps of files of a large collection are believed.</param>
    public void Update(TimeSpan maxAge)
    {
        foreach (var (id, name) in connection.Query("SELECT id, name FROM collection", row => (row.GetInt64(0), row.GetString(1))))
        {
            try
            {
                Update(id, store.Layout.CollectionFolder(name), maxAge);
            }
            catch (StorageException)
            {
                // The folder was removed this moment, or must not be read any more. What is known of it stays until it can be.
            }
        }

        new SearchTotals(connection).Correct();
    }

    private void Update(long collection, string folder, TimeSpan maxAge)
    {
        if (!IsDue(collection, maxAge)) return;
        connection.InTurn(connection.Turns.Texts, () =>
        {
            // Another thread may have done it meanwhile.
            if (!IsDue(collection, maxAge)) return false;
            Look(collection, folder, maxAge);
            return true;
        });
    }

    private bool IsDue(long collection, TimeSpan maxAge) =>
        connection.Number("SELECT 1 FROM artifact WHERE collection_id = ?1 AND text_stamp IS NULL LIMIT 1", collection) > 0 || !IsBelieved(collection, maxAge);

    private bool IsBelieved(long collection, TimeSpan maxAge)
    {
        var age = store.Time.GetUtcNow().UtcTicks - connection.Number("SELECT texts_checked FROM collection WHERE id = ?1", collection);
        // A clock that was set back must not hide changes.
        return age >= 0 && age < maxAge.Ticks && IsLarge(collection);
    }

    private bool IsLarge(long collection) => connection.Number("SELECT 1 FROM artifact WHERE collection_id = ?1 LIMIT 1 OFFSET ?2", collection, Few) > 0;

    private void Look(long collection, string folder, TimeSpan maxAge)
    {
        var now = store.Time.GetUtcNow();
        Store(folder, connection.Query($"SELECT {UnreadArtifact.Columns} FROM artifact WHERE collection_id = ?1 AND text_stamp IS NULL", UnreadArtifact.Read, collection));
        if (IsBelieved(collection, maxAge)) return;
        var changed = FindChanged(folder, connection.Query(
            "SELECT id, text_file, path, type, text_stamp FROM artifact WHERE collection_id = ?1 AND text_stamp IS NOT NULL",
            row => (row.GetInt64(0), row.GetString(1), row.GetString(2), ArtifactType.TryParse(row.GetString(3), out var type) ? type : null, row.GetFieldValue<byte[]>(4)),
            collection));
        Store(folder, [.. changed.Select(id => connection.First($"SELECT {UnreadArtifact.Columns} FROM artifact WHERE id = ?1", UnreadArtifact.Read, id)).OfType<UnreadArtifact>()]);
        if (maxAge > TimeSpan.Zero && IsLarge(collection)) connection.Write(() => connection.Execute("UPDATE collection SET texts_checked = ?2 WHERE id = ?1", collection, now.UtcTicks));
    }

    private List<long> FindChanged(string folder, List<(long Id, string Files, string Path, ArtifactType? Type, byte[] Stamps)> known)
    {
        var now = Nanoseconds();
        var hasChanged = new bool[known.Count];
        InParts(known.Count, StampsAtOnce, (start, end) =>
        {
            connection.Cancellation.ThrowIfCancellationRequested();
            using var files = new TextFiles(folder, now);
            for (var i = start; i < end; i++) hasChanged[i] = known[i].Stamps.Length == 0 || !files.StampsOf(known[i].Files, known[i].Path, known[i].Type).AsSpan().SequenceEqual(known[i].Stamps);
        });
        return [.. known.Where((_, i) => hasChanged[i]).Select(one => one.Id)];
    }

    private void Store(string folder, List<UnreadArtifact> unread)
    {
        foreach (var batch in unread.Chunk(Batch))
        {
            connection.Cancellation.ThrowIfCancellationRequested();
            var now = Nanoseconds();
            var rows = new WordRow[batch.Length];
            var similar = new HashSet<string>(StringComparer.Ordinal);
            InParts(batch.Length, Math.Max(1, batch.Length / Environment.ProcessorCount), (start, end) =>
            {
                using var files = new TextFiles(folder, now);
                var words = new WordList();
                for (var i = start; i < end; i++) rows[i] = WordRow.Of(batch[i], files, folder, words);
                lock (similar) similar.UnionWith(words.Similar);
            });
            connection.Write(() => Write(rows, similar));
        }
    }

    private void Write(IEnumerable<WordRow> rows, HashSet<string> similar)
    {
        foreach (var row in rows)
        {
            // Another process can have replaced the row meanwhile. Then it has other words, which are stored the next time.
            if (connection.Execute("UPDATE artifact SET text_file = ?3, text_stamp = ?4 WHERE id = ?1 AND sum = ?2", row.Artifact.Id, row.Artifact.Sum, row.Files, row.Stamps) == 0) continue;
            connection.Execute("INSERT OR REPLACE INTO search(rowid, name, title, tags, description, author, source, body) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", [row.Artifact.Id, .. row.Words]);
        }

        new SimilarWords(connection).Add(similar);
    }

    private static void InParts(int count, int length, Action<int, int> part)
    {
        var parts = (count + length - 1) / length;
        if (parts <= 1)
        {
            if (count > 0) part(0, count);
            return;
        }

        try
        {
            Parallel.For(0, parts, index => part(index * length, Math.Min(count, (index + 1) * length)));
        }
        catch (AggregateException errors)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
    }

    private long Nanoseconds() => (store.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick;
}
