using System.Buffers.Text;
using System.Security.Cryptography;

namespace SkillMeat.Server.Answers;

/// <summary>Makes entity tags of contents that are not sent as they are, because they are secret. The tags tell nothing about them, and are others after a restart.</summary>
internal sealed class SecretTags
{
    private const int TagBytes = 16;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    public string Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, content, hash);
        return $"\"{Base64Url.EncodeToString(hash[..TagBytes])}\"";
    }
}
