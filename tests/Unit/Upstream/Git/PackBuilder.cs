using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Git.Packs;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Tests.Upstream.Git;

/// <summary>Builds packs by hand, including ones that git would never make.</summary>
internal sealed class PackBuilder
{
    private readonly List<byte> _entries = [];
    private uint _count;

    /// <summary>The offset of the next entry.</summary>
    public long Offset => 12 + _entries.Count;

    public long AddWhole(GitObjectKind kind, byte[] content, long? claimedSize = null) => Add((int)kind, claimedSize ?? content.Length, [], Deflate(content));

    public long AddDeflated(GitObjectKind kind, int size, byte[] deflated) => Add((int)kind, size, [], deflated);

    public long AddOffsetDelta(long original, byte[] delta)
    {
        var distance = Offset - original;
        var digits = new List<byte> { (byte)(distance & 0x7F) };
        while ((distance >>= 7) > 0) digits.Insert(0, (byte)(0x80 | (--distance & 0x7F)));
        return Add(6, delta.Length, [.. digits], Deflate(delta));
    }

    public long AddReferenceDelta(GitOid original, byte[] delta)
    {
        var oid = new byte[GitOid.Size];
        original.CopyTo(oid);
        return Add(7, delta.Length, oid, Deflate(delta));
    }

    public byte[] Build(uint? claimedCount = null)
    {
        var pack = new byte[12 + _entries.Count + 20];
        "PACK"u8.CopyTo(pack);
        BinaryPrimitives.WriteUInt32BigEndian(pack.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt32BigEndian(pack.AsSpan(8), claimedCount ?? _count);
        _entries.CopyTo(pack, 12);
        return Seal(pack);
    }

    /// <summary>Appends the correct checksum.</summary>
    public static byte[] Seal(byte[] pack)
    {
        if (pack.Length < 20) return pack;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(pack, 0, pack.Length - 20);
        hash.GetCurrentHash(pack.AsSpan(pack.Length - 20));
        return pack;
    }

    public static async Task<GitObjects> OpenAsync(byte[] pack, CancellationToken cancellationToken, bool inFile = false)
    {
        using var spool = new PackSpool(() => new MemoryStream(), new UpstreamLimits());
        await spool.AppendAsync(pack, cancellationToken);
        var data = await spool.CompleteAsync(cancellationToken);
        return GitObjects.Open(inFile ? new PackData(new MemoryStream(pack), data.Length) : data, includesBlobs: true, new UpstreamLimits(), cancellationToken);
    }

    public static byte[] Deflate(byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        // .NET writes no stream at all for empty content.
        if (content.Length == 0) return [0x78, 0x9C, 3, 0, 0, 0, 0, 1];
        var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, level)) zlib.Write(content);
        return output.ToArray();
    }

    public static byte[] Size(long size)
    {
        var digits = new List<byte>();
        for (; size >= 0x80; size >>= 7) digits.Add((byte)(0x80 | (size & 0x7F)));
        return [.. digits, (byte)size];
    }

    private long Add(int type, long size, byte[] original, byte[] deflated)
    {
        var offset = Offset;
        var first = (type << 4) | (int)(size & 0xF);
        size >>= 4;
        if (size > 0) first |= 0x80;
        _entries.Add((byte)first);
        if (size > 0) _entries.AddRange(Size(size));
        _entries.AddRange(original);
        _entries.AddRange(deflated);
        _count++;
        return offset;
    }
}
