using System.Collections.Concurrent;
using System.Text;
using SkillMeat.Cache.Database;
using SkillMeat.Cache.Places;
using SkillMeat.Collections;
using SkillMeat.Storage;

namespace SkillMeat.Cache.Deployments;

/// <summary>
/// The stamps of deployed artifacts in the collections. The database has the paths of their files, so that they need not be listed; a stamp of outdated paths fits nothing. For one question, and thread-safe
/// except for reading and writing rows.
/// </summary>
internal sealed class Originals(CacheConnection connection, CollectionStore store)
{
    /// <summary>A stamp that never fits.</summary>
    public const long Unsteady = 0;

    private readonly ConcurrentDictionary<(string Collection, string Path), long> _stamps = new();
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, byte[]>> _places = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _changed = new(StringComparer.Ordinal);

    /// <summary>Reads the rows.</summary>
    public void Read()
    {
        foreach (var (collection, bytes) in connection.Query("SELECT collection, places, sum FROM original", row =>
        {
            var (name, places) = (row.GetString(0), row.GetFieldValue<byte[]>(1));
            RowSum.Check(row.GetInt64(2), name, places);
            return (name, places);
        }))
        {
            _places[collection] = Decode(bytes);
        }
    }

    /// <summary>Finds the current stamps of artifacts.</summary>
    public void Find(IReadOnlyCollection<(string Collection, string Path)> artifacts, CancellationToken cancellationToken)
    {
        // A folder is opened once for several artifacts, but the parts must be many to be done at the same time.
        const int Together = 12;
        var parts = artifacts.GroupBy(one => one.Collection, StringComparer.Ordinal).SelectMany(group => group.Chunk(Together)).ToList();
        ParallelItems.ForEach(parts.Count, index => FindPart(parts[index]), cancellationToken);
    }

    /// <summary>Returns the stamp of an artifact that was found, or <see cref="Unsteady"/>.</summary>
    public long StampOf(string collection, string path) => _stamps.GetValueOrDefault((collection, path));

    /// <summary>Lists the files of an artifact, and returns its stamp.</summary>
    /// <param name="collection">The folder name of the collection.</param>
    /// <param name="path">The path in the collection, with <c>/</c>.</param>
    /// <param name="before">The time before the answer that depends on it was worked out.</param>
    public long Walk(string collection, string path, long before)
    {
        using var walk = new PlaceWalk(store.Layout.CollectionFolder(collection), before);
        walk.AddTreeAlone(path);
        // The content hash follows links.
        if (!walk.IsSteady || walk.Links.Count > 0) return Unsteady;
        var places = walk.Places;
        var known = _places.GetOrAdd(collection, _ => new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal));
        if (!known.TryGetValue(path, out var earlier) || !earlier.AsSpan().SequenceEqual(places))
        {
            known[path] = places;
            _changed[collection] = true;
        }

        return Shorten(walk.Finish());
    }

    /// <summary>Writes the rows that changed, without the artifacts that are not deployed any more.</summary>
    /// <param name="used">The artifacts.</param>
    public void Write(IReadOnlySet<(string Collection, string Path)> used)
    {
        foreach (var collection in _changed.Keys)
        {
            var bytes = Encode(_places[collection].Where(one => used.Contains((collection, one.Key))));
            connection.Execute("INSERT INTO original(collection, places, sum) VALUES(?1, ?2, ?3) ON CONFLICT(collection) DO UPDATE SET places = excluded.places, sum = excluded.sum", collection, bytes, RowSum.Of(collection, bytes));
        }
    }

    private void FindPart((string Collection, string Path)[] artifacts)
    {
        var collection = artifacts[0].Collection;
        var folder = store.Layout.CollectionFolder(collection);
        if (!_places.TryGetValue(collection, out var places) || !Directory.Exists(folder)) return;
        using var stamps = new Objects.Scanning.StampReader(folder);
        var hash = new PlaceHash();
        foreach (var (_, path) in artifacts)
        {
            if (places.TryGetValue(path, out var files)) _stamps[(collection, path)] = Shorten(hash.OfAll(stamps, folder, files));
        }
    }

    private static long Shorten(byte[] hash) => BitConverter.ToInt64(hash) is var stamp and not Unsteady ? stamp : 1;

    private static byte[] Encode(IEnumerable<KeyValuePair<string, byte[]>> artifacts)
    {
        var target = new MemoryStream();
        using var writer = new BinaryWriter(target, Encoding.UTF8);
        foreach (var (path, places) in artifacts.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            writer.Write(path);
            writer.Write7BitEncodedInt(places.Length);
            writer.Write(places);
        }

        writer.Flush();
        return target.ToArray();
    }

    private static ConcurrentDictionary<string, byte[]> Decode(byte[] bytes)
    {
        var artifacts = new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal);
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        while (reader.BaseStream.Position < bytes.Length) artifacts[reader.ReadString()] = reader.ReadBytes(reader.Read7BitEncodedInt());
        return artifacts;
    }
}
