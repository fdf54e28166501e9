using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace SkillMeat.Upstream.Git;

/// <summary>The SHA-1 id of a git object: 20 bytes, written as 40 lower-case hex digits.</summary>
internal readonly struct GitOid : IEquatable<GitOid>
{
    /// <summary>The length of an id in bytes.</summary>
    public const int Size = 20;

    /// <summary>The length of an id in hex digits.</summary>
    public const int HexLength = 2 * Size;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly uint _third;

    /// <summary>Creates an id from its 20 bytes.</summary>
    public GitOid(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Size);
        _first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _third = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    /// <summary>Whether this is the id that git uses for "no object".</summary>
    public bool IsZero => (_first | _second | _third) == 0;

    public static bool operator ==(GitOid left, GitOid right) => left.Equals(right);

    public static bool operator !=(GitOid left, GitOid right) => !left.Equals(right);

    /// <summary>Parses 40 hex digits of either case.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static GitOid Parse(string hex) =>
        TryParse(hex, out var oid) ? oid : throw new FormatException($"'{hex}' is not a git object id: 40 hex digits are expected.");

    /// <summary>Parses 40 hex digits of either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out GitOid oid)
    {
        Span<byte> ascii = stackalloc byte[HexLength];
        oid = default;
        if (hex.Length != HexLength) return false;
        for (var i = 0; i < hex.Length; i++) ascii[i] = char.IsAscii(hex[i]) ? (byte)hex[i] : (byte)0;
        return TryParse(ascii, out oid);
    }

    /// <summary>Parses 40 ASCII hex digits of either case.</summary>
    public static bool TryParse(ReadOnlySpan<byte> hex, out GitOid oid)
    {
        Span<byte> bytes = stackalloc byte[Size];
        oid = default;
        if (hex.Length != HexLength) return false;
        for (var i = 0; i < Size; i++)
        {
            var value = (Digit(hex[2 * i]) << 4) | Digit(hex[(2 * i) + 1]);
            if (value < 0) return false;
            bytes[i] = (byte)value;
        }

        oid = new GitOid(bytes);
        return true;
    }

    /// <summary>Writes the 20 bytes of the id.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _first);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _second);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _third);
    }

    public bool Equals(GitOid other) => _first == other._first && _second == other._second && _third == other._third;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is GitOid other && Equals(other);

    // The hash is seeded for each process, so that a malicious pack cannot fill one bucket with ids that share a prefix.
    public override int GetHashCode() => HashCode.Combine(_first, _second, _third);

    public override string ToString() => $"{_first:x16}{_second:x16}{_third:x8}";

    private static int Digit(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        _ => -1,
    };
}
