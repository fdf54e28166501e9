using SkillMeat.Cache.Database;
using SkillMeat.Cache.Entries;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Scanning;

namespace SkillMeat.Cache.Indexing;

/// <summary>Brings the rows of the collections and their artifacts up to date with the manifests and lock files. Costs two queries of the file system for a collection that did not change.</summary>
/// <param name="connection">The database.</param>
/// <param name="store">The home.</param>
/// <param name="usage">Counts how often a collection was up to date, unless null.</param>
/// <remarks>Not thread-safe.</remarks>
internal sealed class CollectionIndexer(CacheConnection connection, CollectionStore store, CacheUsage? usage = null)
{
    /// <summary>Brings all collections up to date.</summary>
    /// <returns>A message for each collection that cannot be read. Its rows stay as they were.</returns>
    /// <exception cref="StorageException">The folder of the collections cannot be read.</exception>
    public IReadOnlyList<string> Update() => store.Storage.ReadAsOne(() =>
    {
        var names = store.ListNames();
        var known = ReadKnown();
        var problems = new List<string>();
        foreach (var name in names)
        {
            connection.Cancellation.ThrowIfCancellationRequested();
            try
            {
                Update(name, known.GetValueOrDefault(name));
            }
            catch (SkillMeatException e) when (e is not StorageException)
            {
                problems.Add(e.Message);
            }
        }

        var gone = known.Values.Where(row => !names.Contains(row.Name)).ToList();
        connection.Indexed.KeepOnly(names);
        if (gone.Count > 0)
        {
            connection.Write(() =>
            {
                // One that was made again meanwhile has a row of its own, which may have the same id.
                foreach (var row in gone) connection.Execute("DELETE FROM collection WHERE id = ?1 AND name = ?2 AND manifest_stamp = ?3 AND lock_stamp = ?4", row.Id, row.Name, row.ManifestStamp, row.LockStamp);
            });
        }

        return problems;
    });

    /// <summary>Returns the names of the collections that are new, gone or changed since their rows were written.</summary>
    /// <exception cref="StorageException">The folder of the collections cannot be read.</exception>
    public IReadOnlyList<string> FindChanged() => store.Storage.ReadAsOne<IReadOnlyList<string>>(() =>
    {
        var names = store.ListNames();
        var known = ReadKnown();
        return [.. names.Where(name => !IsUpToDate(known.GetValueOrDefault(name), FindStamps(name))), .. known.Keys.Where(name => !names.Contains(name))];
    });

    private Dictionary<string, KnownCollection> ReadKnown() =>
        connection.Query("SELECT id, name, manifest_stamp, lock_stamp, sum FROM collection", KnownCollection.Read).ToRowDictionary(row => row.Name);

    private static bool IsUpToDate(KnownCollection? known, CollectionStamps stamps) => known is not null && stamps.AreSettled && known.Has(stamps.Manifest, stamps.LockFile);

    private void Update(string name, KnownCollection? known)
    {
        var found = CollectionStamps.Read(store, name);
        var isCurrent = IsUpToDate(known, found);
        usage?.Count(isCurrent);
        if (isCurrent) return;
        if (connection.Indexed.FindProblem(name, found) is { } problem) throw problem;
        connection.InTurn(connection.Turns.Writing, () =>
        {
            var stamps = ReadSettled(name);
            // Another thread may have done it meanwhile.
            if (IsUpToDate(FindKnown(name), stamps)) return false;
            if (connection.Indexed.FindProblem(name, stamps) is { } same) throw same;
            var collection = Read(name, ref stamps);
            connection.Write(() => Replace(collection, stamps));
            connection.Indexed.Keep(collection, stamps);
            return true;
        });
    }

    // The stamps are those of the files that were read, or none if the files changed meanwhile.
    private Collection Read(string name, ref CollectionStamps stamps)
    {
        if (connection.Kept?.Find(name, stamps) is { } kept) return kept;
        try
        {
            var collection = store.Read(name);
            stamps = stamps.IfUnchanged(store, name);
            return collection;
        }
        catch (SkillMeatException e) when (e is not StorageException)
        {
            connection.Indexed.KeepProblem(name, stamps.IfUnchanged(store, name), e);
            throw;
        }
    }

    // Where artifacts need not be read again, it is worth it to wait for a moment until the stamps of files that were just written can be relied on.
    private CollectionStamps ReadSettled(string name)
    {
        var stamps = CollectionStamps.Read(store, name);
        if (stamps.AreSettled || !connection.Indexed.Has(name)) return stamps;
        connection.Cancellation.WaitHandle.WaitOne(FileStamp.UsualTick);
        connection.Cancellation.ThrowIfCancellationRequested();
        return CollectionStamps.Read(store, name);
    }

    private KnownCollection? FindKnown(string name) => connection.First("SELECT id, name, manifest_stamp, lock_stamp, sum FROM collection WHERE name = ?1", KnownCollection.Read, name);

    private CollectionStamps FindStamps(string name)
    {
        connection.Cancellation.ThrowIfCancellationRequested();
        return CollectionStamps.Read(store, name);
    }

    /// <summary>Returns the checksum that the row of a collection has now if it is up to date. Null if the collection cannot be read, or was changed a moment ago.</summary>
    public static long? FindState(CollectionStore store, string name)
    {
        try
        {
            var stamps = CollectionStamps.Read(store, name);
            return stamps.AreSettled ? RowSum.Of(name, stamps.Manifest, stamps.LockFile) : null;
        }
        catch (StorageException)
        {
            return null;
        }
    }

    private void Replace(Collection collection, CollectionStamps stamps)
    {
        var (manifest, lockFile) = stamps;
        var known = FindKnown(collection.Name);
        var sum = RowSum.Of(collection.Name, manifest, lockFile);
        if (known is null) connection.Execute("INSERT INTO collection(name, manifest_stamp, lock_stamp, sum) VALUES(?1, ?2, ?3, ?4)", collection.Name, manifest, lockFile, sum);
        else connection.Execute("UPDATE collection SET manifest_stamp = ?2, lock_stamp = ?3, sum = ?4 WHERE id = ?1", known.Id, manifest, lockFile, sum);
        var before = known is null ? null : connection.Indexed.Find(collection.Name, new CollectionStamps(known.ManifestStamp, known.LockStamp));
        if (before is not null && collection.Artifacts is ArtifactList artifacts) ReplaceChanged(known!.Id, artifacts, before);
        else ReplaceAll(known?.Id ?? connection.LastId, collection.Artifacts);
    }

    private void ReplaceChanged(long id, ArtifactList artifacts, ArtifactList before)
    {
        foreach (var index in artifacts.FindChanged(before)) Upsert(id, artifacts[index]);
        foreach (var gone in artifacts.FindGone(before)) connection.Execute("DELETE FROM artifact WHERE collection_id = ?1 AND type = ?2 AND name = ?3", id, gone.Type.Name, gone.Name);
    }

    private void Upsert(long id, Artifact artifact)
    {
        var values = ArtifactRow.ValuesOf(artifact);
        var sum = RowSum.Of(values);
        if (connection.Number("SELECT sum FROM artifact WHERE collection_id = ?1 AND type = ?2 AND name = ?3", id, artifact.Type, artifact.Name) != sum) connection.Execute(ArtifactRow.Upsert, [id, .. values, sum]);
    }

    private void ReplaceAll(long id, IReadOnlyList<Artifact> artifacts)
    {
        var rows = connection.Query("SELECT type, name, id, sum FROM artifact WHERE collection_id = ?1", row => (Key: (row.GetString(0), row.GetString(1)), Id: row.GetInt64(2), Sum: row.GetInt64(3)), id)
            .ToRowDictionary(row => row.Key, row => (row.Id, row.Sum));
        foreach (var artifact in artifacts)
        {
            var values = ArtifactRow.ValuesOf(artifact);
            var rowSum = RowSum.Of(values);
            var isKnown = rows.Remove((artifact.Type, artifact.Name), out var row);
            if (!isKnown || row.Sum != rowSum) connection.Execute(ArtifactRow.Upsert, [id, .. values, rowSum]);
        }

        foreach (var (gone, _) in rows.Values) connection.Execute("DELETE FROM artifact WHERE id = ?1", gone);
    }

    private sealed record KnownCollection(long Id, string Name, byte[] ManifestStamp, byte[] LockStamp)
    {
        public static KnownCollection Read(Microsoft.Data.Sqlite.SqliteDataReader row)
        {
            var known = new KnownCollection(row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3));
            RowSum.Check(row.GetInt64(4), known.Name, known.ManifestStamp, known.LockStamp);
            return known;
        }

        public bool Has(byte[] manifest, byte[] lockFile) => ManifestStamp.AsSpan().SequenceEqual(manifest) && LockStamp.AsSpan().SequenceEqual(lockFile);
    }
}
