namespace SkillMeat.Objects.Packs;

/// <summary>
/// The file format of packs, version 1. Numbers without a width are in groups of seven bits, lowest first; the others are little endian.
/// <code>
/// 8 bytes    "SKMPACK" and the version
/// blocks     the bytes of objects, concatenated, compressed together with Brotli or uncompressed
/// index      the number of blocks;
///            for each: its length in the file; twice its decompressed length, plus 1 if it is compressed; its number of objects;
///            for each object, block by block: eight times its length, plus its kind;
///            for each object, in the same order: its id, 32 bytes
/// 8 bytes    the length of the index
/// 32 bytes   SHA-256 of the first 8 bytes of the file, the index, its length and the last 8 bytes
/// 8 bytes    "SKMPEND" and the version
/// </code>
/// The file is named by the SHA-256 of all its bytes, and never changes. Opening it reads only its end. Objects are verified by their ids, so blocks have no checksum.
/// </summary>
internal static class PackFormat
{
    public const string Extension = ".pack";

    /// <summary>The lengths of the header and of the parts after the index.</summary>
    public const int HeaderLength = 8;
    public const int ChecksumLength = 32;
    public const int TrailerLength = 8 + ChecksumLength + 8;

    /// <summary>The length up to which objects are collected and compressed together.</summary>
    public const int BlockLength = 64 * 1024;

    /// <summary>The minimum length of an object that gets a block of its own.</summary>
    public const int OwnBlockLength = BlockLength / 2;

    /// <summary>The maximum length of a block. A pack with a longer one is damaged.</summary>
    public const int MaxBlockLength = 1 << 28;

    /// <summary>The length at which a pack is ended and another one begun.</summary>
    public const long PackLength = 64L << 20;

    public static ReadOnlySpan<byte> Header => "SKMPACK\u0001"u8;

    public static ReadOnlySpan<byte> End => "SKMPEND\u0001"u8;
}
