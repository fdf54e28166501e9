using System.IO.Compression;
using System.Security.Cryptography;

namespace SkillMeat.Server.Page;

/// <summary>A file of the web page.</summary>
internal sealed record PageFile(string ContentType, byte[] Bytes)
{
    private readonly Lazy<byte[]> _packed = new(() => Pack(Bytes));

    /// <summary>The content as gzip.</summary>
    public byte[] Packed => _packed.Value;

    /// <summary>The entity tag, without quotes.</summary>
    public string Tag { get; } = Convert.ToHexString(SHA256.HashData(Bytes), 0, 10);

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
