using System.Text;
using SkillMeat.Cache.Database;
using SkillMeat.Cache.Indexing;
using SkillMeat.Collections;

namespace SkillMeat.Cache.Deployments;

/// <summary>
/// The states of collections, by which a project knows that its artifacts are in them as they were: each collection as a whole, and if that changed, the rows of the artifacts that the project has. For one
/// question. Thread-safe while nobody else uses the connection.
/// </summary>
internal sealed class CollectionPins
{
    private const long None = 0;

    private readonly CacheConnection _connection;
    private readonly CollectionStore _store;
    private readonly IReadOnlyDictionary<string, (long Id, long? State)> _states;
    private readonly Dictionary<string, Dictionary<ArtifactId, long>> _artifacts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _still = new(StringComparer.Ordinal);
    private readonly object _gate = new();

    private CollectionPins(CacheConnection connection, CollectionStore store, IReadOnlyDictionary<string, (long Id, long? State)> states)
    {
        _connection = connection;
        _store = store;
        _states = states;
    }

    /// <summary>Reads the states from rows that are up to date.</summary>
    public static CollectionPins Read(CacheConnection connection, CollectionStore store) => new(
        connection,
        store,
        connection.Query(
            "SELECT name, id, sum, length(manifest_stamp) > 0 AND length(lock_stamp) > 0 FROM collection",
            row => (Name: row.GetString(0), Id: row.GetInt64(1), State: row.GetBoolean(3) ? row.GetInt64(2) : (long?)null)).ToRowDictionary(row => row.Name, row => (row.Id, row.State)));

    /// <summary>Writes the states for copies that were looked at after the rows were read.</summary>
    /// <returns>The bytes. Null if one of the collections was changed a moment ago and can change again without a trace, or was changed since its rows were read.</returns>
    public byte[]? WriteLooked(IReadOnlyCollection<SiteCopy> copies) => NamesOf(copies).All(IsStill) ? Write(copies) : null;

    /// <summary>Writes the states for copies that are known to fit the rows.</summary>
    /// <returns>The bytes. Null if one of the collections was changed a moment ago and can change again without a trace.</returns>
    public byte[]? Write(IReadOnlyCollection<SiteCopy> copies)
    {
        var target = new MemoryStream();
        using var writer = new BinaryWriter(target, Encoding.UTF8);
        foreach (var name in NamesOf(copies).Order(StringComparer.Ordinal))
        {
            if (StateOf(name) is not { } state) return null;
            writer.Write(name);
            writer.Write(state);
            writer.Write(ArtifactsOf(name, copies));
        }

        writer.Flush();
        return target.ToArray();
    }

    /// <summary>Tells whether the collections have the states that were written.</summary>
    /// <param name="bytes">What was written.</param>
    /// <param name="copies">The copies for which it was.</param>
    public PinFit Fit(byte[] bytes, IReadOnlyCollection<SiteCopy> copies)
    {
        var fit = PinFit.Same;
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        while (reader.BaseStream.Position < bytes.Length)
        {
            var (name, state, artifacts) = (reader.ReadString(), reader.ReadInt64(), reader.ReadInt64());
            if (StateOf(name) == state) continue;
            if (ArtifactsOf(name, copies) != artifacts) return PinFit.Different;
            fit = PinFit.SameArtifacts;
        }

        return fit;
    }

    private static IEnumerable<string> NamesOf(IEnumerable<SiteCopy> copies) => copies.Select(copy => copy.Collection).OfType<string>().Distinct(StringComparer.Ordinal);

    private long? StateOf(string collection) => _states.TryGetValue(collection, out var known) ? known.State : None;

    // One number for the rows of the artifacts that copies have in a collection, which need not exist.
    private long ArtifactsOf(string collection, IEnumerable<SiteCopy> copies)
    {
        Dictionary<ArtifactId, long>? known;
        lock (_gate)
        {
            if (!_artifacts.TryGetValue(collection, out known)) _artifacts[collection] = known = ReadArtifacts(collection);
        }

        return RowSum.Of([_states.ContainsKey(collection), .. copies.Where(copy => copy.Collection == collection).Select(copy => known.TryGetValue(copy.Artifact, out var sum) ? sum : (object?)null)]);
    }

    private Dictionary<ArtifactId, long> ReadArtifacts(string collection)
    {
        if (!_states.TryGetValue(collection, out var state)) return [];
        var sums = new Dictionary<ArtifactId, long>();
        foreach (var (type, name, sum) in _connection.Query("SELECT type, name, sum FROM artifact WHERE collection_id = ?1", row => (row.GetString(0), row.GetString(1), row.GetInt64(2)), state.Id))
        {
            sums[new ArtifactId(ArtifactType.TryParse(type, out var parsed) ? parsed : throw new DamagedRowException(), name)] = sum;
        }

        return sums;
    }

    // Changed and changed back, a collection would look as if it had been the same all the time.
    private bool IsStill(string collection)
    {
        lock (_gate)
        {
            if (!_still.TryGetValue(collection, out var isStill))
            {
                isStill = _states.TryGetValue(collection, out var known)
                    ? CollectionIndexer.FindState(_store, collection) == known.State
                    : !_store.ListNames().Contains(collection);
                _still[collection] = isStill;
            }

            return isStill;
        }
    }
}
