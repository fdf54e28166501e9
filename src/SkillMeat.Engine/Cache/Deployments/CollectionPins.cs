using System.Text;
using SkillMeat.Cache.Database;

namespace SkillMeat.Cache.Deployments;

/// <summary>The states of collections, by which a project knows that the paths of its artifacts in them are the same. Immutable.</summary>
internal sealed class CollectionPins
{
    private const long None = 0;

    private readonly IReadOnlyDictionary<string, long?> _states;

    private CollectionPins(IReadOnlyDictionary<string, long?> states)
    {
        _states = states;
    }

    /// <summary>Reads the states from rows that are up to date.</summary>
    public static CollectionPins Read(CacheConnection connection) => new(connection
        .Query("SELECT name, sum, length(manifest_stamp) > 0 AND length(lock_stamp) > 0 FROM collection", row => (Name: row.GetString(0), State: row.GetBoolean(2) ? row.GetInt64(1) : (long?)null))
        .ToRowDictionary(row => row.Name, row => row.State));

    /// <summary>Writes the states of some collections. Null if one of them was changed a moment ago, and can change again without a trace.</summary>
    public byte[]? Write(IEnumerable<string> collections)
    {
        var target = new MemoryStream();
        using var writer = new BinaryWriter(target, Encoding.UTF8);
        foreach (var name in collections.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (StateOf(name) is not { } state) return null;
            writer.Write(name);
            writer.Write(state);
        }

        writer.Flush();
        return target.ToArray();
    }

    /// <summary>Whether the collections have the states that were written.</summary>
    public bool Fit(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        while (reader.BaseStream.Position < bytes.Length)
        {
            if (StateOf(reader.ReadString()) != reader.ReadInt64()) return false;
        }

        return true;
    }

    private long? StateOf(string collection) => _states.TryGetValue(collection, out var state) ? state : None;
}
