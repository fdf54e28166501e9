using System.Buffers;
using System.Buffers.Binary;

namespace SkillMeat.Objects;

/// <summary>
/// The id of an object: the SHA-256 of its kind, length and bytes, computed by <see cref="ObjectHash"/>. Equal contents have equal ids in every home.
/// The default value is not the id of any object.
/// </summary>
internal readonly struct ObjectId : IEquatable<ObjectId>, IComparable<ObjectId>
{
    /// <summary>The length of an id in bytes.</summary>
    public const int Length = 32;

    private static readonly SearchValues<char> _hexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    /// <summary>Creates an id from its 32 bytes.</summary>
    public ObjectId(ReadOnlySpan<byte> bytes)
    {
        _first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>Eight of the bytes, for decisions that must be the same everywhere.</summary>
    public ulong Bits => _fourth;

    public static bool operator ==(ObjectId one, ObjectId other) => one.Equals(other);

    public static bool operator !=(ObjectId one, ObjectId other) => !one.Equals(other);

    /// <summary>Parses 64 hex digits, ignoring case.</summary>
    public static bool TryParse(string? text, out ObjectId id)
    {
        id = default;
        if (text is not { Length: 2 * Length } || text.AsSpan().ContainsAnyExcept(_hexDigits)) return false;
        id = new ObjectId(Convert.FromHexString(text));
        return true;
    }

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, _first);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], _second);
        BinaryPrimitives.WriteUInt64BigEndian(target[16..], _third);
        BinaryPrimitives.WriteUInt64BigEndian(target[24..], _fourth);
    }

    public bool Equals(ObjectId other) => _first == other._first && _second == other._second && _third == other._third && _fourth == other._fourth;

    public override bool Equals(object? obj) => obj is ObjectId other && Equals(other);

    public override int GetHashCode() => (int)_first;

    public int CompareTo(ObjectId other)
    {
        Span<byte> mine = stackalloc byte[Length];
        Span<byte> theirs = stackalloc byte[Length];
        CopyTo(mine);
        other.CopyTo(theirs);
        return mine.SequenceCompareTo(theirs);
    }

    /// <summary>Returns 64 lower-case hex digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Convert.ToHexString(bytes).ToLowerInvariant();
    }
}
