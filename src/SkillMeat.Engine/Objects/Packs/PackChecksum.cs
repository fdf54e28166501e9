using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SkillMeat.Objects.Packs;

/// <summary>Computes the checksum of everything in a pack except its blocks.</summary>
internal static class PackChecksum
{
    public static byte[] Of(ReadOnlySpan<byte> index)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, index.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(PackFormat.Header);
        hash.AppendData(index);
        hash.AppendData(length);
        hash.AppendData(PackFormat.End);
        return hash.GetHashAndReset();
    }
}
