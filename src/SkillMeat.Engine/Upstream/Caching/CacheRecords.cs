using System.Security.Cryptography;
using SkillMeat.Objects;

namespace SkillMeat.Upstream.Caching;

/// <summary>
/// The records of a cache file, found by their keys. A record stays bytes until it is looked up: a file has tens of thousands of them, and objects of all would occupy the garbage collector for as
/// long as everything else in a refresh.
/// </summary>
/// <remarks>
/// Format: "SKMREC", a zero byte and the version of the content; for each record the length of its key, the key, the length of its value, the value; at the end the SHA-256 of all this.
/// Immutable and thread-safe.
/// </remarks>
internal sealed class CacheRecords
{
    private readonly byte[] _bytes;

    // Where the records begin, in the order of the file.
    private readonly int[] _places;

    // A hash table with open addressing: the number of a record plus one, or 0.
    private readonly int[] _slots;

    private CacheRecords(byte[] bytes, int[] places)
    {
        _bytes = bytes;
        _places = places;
        _slots = new int[SlotsFor(places.Length)];
        for (var record = 0; record < places.Length; record++) Enter(record);
    }

    /// <summary>No records.</summary>
    public static CacheRecords None { get; } = new([], []);

    /// <summary>The number of records.</summary>
    public int Count => _places.Length;

    private static ReadOnlySpan<byte> Magic => "SKMREC\0"u8;

    /// <summary>Parses a file.</summary>
    /// <param name="bytes">The file, which must not be changed afterwards.</param>
    /// <param name="version">The version of the content. A file of another one counts as empty.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static CacheRecords Parse(byte[] bytes, byte version)
    {
        var length = bytes.Length - SHA256.HashSizeInBytes;
        if (!bytes.AsSpan().StartsWith(Magic) || length <= Magic.Length) throw new InvalidDataException("it is no file of records");
        if (!SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length))) throw new InvalidDataException("its checksum is wrong");
        return bytes[Magic.Length] == version ? new CacheRecords(bytes, FindPlaces(bytes.AsSpan(0, length))) : None;
    }

    /// <summary>Makes the beginning of a file.</summary>
    public static byte[] HeaderOf(byte version) => [.. Magic, version];

    /// <summary>Returns the key of a record.</summary>
    public ReadOnlySpan<byte> KeyOf(int record)
    {
        var reader = new ByteReader(_bytes.AsSpan(_places[record]));
        return reader.Bytes(reader.Count());
    }

    /// <summary>Returns the value of a record.</summary>
    public ReadOnlySpan<byte> ValueOf(int record)
    {
        var reader = new ByteReader(_bytes.AsSpan(_places[record]));
        reader.Bytes(reader.Count());
        return reader.Bytes(reader.Count());
    }

    /// <summary>Finds the value of a key.</summary>
    public bool TryFind(scoped ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        var found = _slots[SlotOf(key)] - 1;
        value = found < 0 ? default : ValueOf(found);
        return found >= 0;
    }

    private static int[] FindPlaces(ReadOnlySpan<byte> content)
    {
        var places = new List<int>();
        var reader = new ByteReader(content[(Magic.Length + 1)..]);
        while (!reader.IsAtEnd)
        {
            places.Add(content.Length - reader.Left);
            reader.Bytes(reader.Count());
            reader.Bytes(reader.Count());
        }

        return [.. places];
    }

    // At most half of the slots are taken, so that a free one is near.
    private static int SlotsFor(int records)
    {
        var slots = 2;
        while (slots < 2L * records) slots *= 2;
        return slots;
    }

    // Of records with the same key, which this program does not write, the last one counts.
    private void Enter(int record) => _slots[SlotOf(KeyOf(record))] = record + 1;

    /// <summary>Returns the slot of a key, or the free one in which it belongs.</summary>
    private int SlotOf(ReadOnlySpan<byte> key)
    {
        // Its seed differs between processes, so nobody can make paths whose hashes collide.
        var hash = default(HashCode);
        hash.AddBytes(key);
        var slot = hash.ToHashCode() & (_slots.Length - 1);
        while (_slots[slot] is > 0 and var taken && !KeyOf(taken - 1).SequenceEqual(key)) slot = (slot + 1) & (_slots.Length - 1);
        return slot;
    }
}
