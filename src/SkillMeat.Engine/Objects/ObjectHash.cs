using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SkillMeat.Objects;

/// <summary>
/// Computes object ids: the hash of a byte for the kind, the length in 8 bytes (little endian), and the bytes. Kind and length come first, so that content of one kind cannot be
/// mistaken for another. Thread-safe.
/// </summary>
internal static class ObjectHash
{
    private const int HeaderLength = 9;
    private const int SmallLength = 2048;

    /// <summary>Returns the id of an object.</summary>
    public static ObjectId Of(ObjectKind kind, ReadOnlySpan<byte> content)
    {
        Span<byte> digest = stackalloc byte[ObjectId.Length];
        if (content.Length <= SmallLength)
        {
            // One call of the system's hash instead of three, because most objects are small and calls dominate the cost.
            Span<byte> all = stackalloc byte[HeaderLength + SmallLength];
            WriteHeader(all, kind, content.Length);
            content.CopyTo(all[HeaderLength..]);
            SHA256.HashData(all[..(HeaderLength + content.Length)], digest);
            return new ObjectId(digest);
        }

        using var hash = Begin(kind, content.Length);
        hash.AppendData(content);
        return End(hash);
    }

    /// <summary>Begins the id of content that comes in parts, whose total length is known.</summary>
    public static IncrementalHash Begin(ObjectKind kind, long length)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        WriteHeader(header, kind, length);
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        return hash;
    }

    /// <summary>Returns the id of the appended content.</summary>
    public static ObjectId End(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[ObjectId.Length];
        hash.GetHashAndReset(digest);
        return new ObjectId(digest);
    }

    private static void WriteHeader(Span<byte> target, ObjectKind kind, long length)
    {
        target[0] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(target[1..], length);
    }
}
