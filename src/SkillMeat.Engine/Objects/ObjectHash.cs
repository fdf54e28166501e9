using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SkillMeat.Objects;

/// <summary>
/// Makes ids. What is hashed: a byte for the kind, the length in 8 bytes (little endian), then the bytes. Kind and length come first so that no content of one kind can be
/// mistaken for another. Safe from several threads.
/// </summary>
internal static class ObjectHash
{
    private const int HeaderLength = 9;
    private const int SmallLength = 2048;

    /// <summary>The id of an object of that kind with these bytes.</summary>
    public static ObjectId Of(ObjectKind kind, ReadOnlySpan<byte> content)
    {
        Span<byte> digest = stackalloc byte[ObjectId.Length];
        if (content.Length <= SmallLength)
        {
            // One call of the system's hash instead of three: most objects are small, and calls are what they cost.
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

    /// <summary>Begins the id of content that comes in pieces, whose length in total is known.</summary>
    public static IncrementalHash Begin(ObjectKind kind, long length)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        WriteHeader(header, kind, length);
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        return hash;
    }

    /// <summary>The id of what was appended.</summary>
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
